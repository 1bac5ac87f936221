news-feed = { $order ->
        [relevant] <b>News</b> — what matters to you first
       *[newest] <b>News</b> — the newest first
    }

    Tap a piece of news to read it. A blue dot means you have not read it yet.
news-none = No news yet. As soon as your organisation has something to tell, it will be here.
news-row = { $read ->
        [yes] { $teaser }
       *[no] 🔵 { $teaser }
    }
news-untitled = Without words
news-newest = Newest first
news-relevant = What matters first
news-search = 🔍 Search
news-ask-words = What are you looking for? Type a word or two.
news-wordless = There is no word in it to search for. Type a word or two.
news-found = Found for “{ $words }”: { $total }
news-not-found = Nothing found for “{ $words }”. Try other words or go back to the news.
news-to-feed = ← To the news
news-useful = Useful
news-useless = Not useful
news-share = Share
news-thanks = Thank you, noted
news-taken-back = Taken back
news-gone = This piece of news is no longer there: it was withdrawn or is not for your organisation.
news-withdrawn = 🚫 This piece of news was withdrawn.
news-outgrown =
    { $text }

    There is more to this piece of news now than fits under the picture.
news-whole = Read in full
news-teased =
    { $text }

    { $standing ->
        [elsewhere] This is news of “{ $place }”. Those it is meant for read it in full.
        [pending] Members of the union read it in full. Your application is being looked at: once it is confirmed, open this link again.
        [returned] Members of the union read it in full. Your application came back with a remark: put it right, and it will be looked at again.
       *[guest] Members of the union read it in full. You can join right here, it takes about two minutes.
    }
