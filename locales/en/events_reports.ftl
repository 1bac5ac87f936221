events-report-open = 📝 Report
events-report-card =
    { $written ->
        [yes] 📝 <b>Report: { $title }</b>
       *[no] 📝 <b>How was it: { $title }</b>
    }
    { $at }

    Came: <b>{ $came }</b>{ $differs ->
        [yes] , checked in { $marked }
       *[no] { "" }
    }{ $guests ->
        [0] { "" }
       *[other] , guests among them: { $guests }
    }{ $words ->
        [none] { "" }
       *[other] { "" }
    Text: { $words }
    }{ $media ->
        [0] { "" }
       *[other] { "" }
    Photos and files: { $media }
    }{ $written ->
        [yes] { "" }
       *[no] { "" }

    Tell how it went: words and photos. One tap makes news of the report later.
    }
events-report-write = Write the report
events-report-rewrite = Change the report
events-report-recount = Correct the number
events-report-to-news = 📣 Make it news
events-report-keep = ← Back
events-report-ask = “{ $title }”. Send the report: words, a photo, an album or a video with a caption, as you would tell a friend.
events-report-ask-count = “{ $title }”. How many really came? Write a number. { $marked } were checked in.
events-report-unrated = No ratings yet.
events-report-rated = Rating: <b>{ $average }</b> of 5, rated by { $count }
events-report-withheld = Words appear here once at least three have rated: so nobody can tell who wrote them.
events-report-said = — { $words }
events-report-head =
    <b>{ $title }</b>
    { $at }. { $came ->
        [one] { $came } person came.
       *[other] { $came } people came.
    }
events-report-early = A report is written once the event has begun.
events-report-unlikely = Please check the number: so many have never come together yet.
events-report-fewer = { $marked } were checked in: it cannot be fewer. A wrong check-in is undone on the list of who came.
events-report-unwritten = Write the report first: the news is made of it.
