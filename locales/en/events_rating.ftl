events-rating-ask =
    You were at “{ $title }”. How was it?

    1 is bad, 5 is excellent. The organisers see it without your name.
events-rating-star = { $chosen ->
        [yes] ✓ { $count }
       *[no] { $count }
    }
events-rating-thanks =
    Thank you! “{ $title }”: you gave it { $stars }.{ $words ->
        [none] { "" } Add a few words if you like.
       *[other] { "" }

    Your words: { $words }
    }
events-rating-comment = Add a few words
events-rating-reword = Change the words
events-rating-ask-words = What was good, and what should be done differently? Write it in one message. The organisers read it without your name, once at least three have rated the event.
events-rating-keep = ← Write nothing
events-rating-early = The event is not over yet. You can rate it once it is.
events-rating-late = That was long ago, and the ratings are summed up. Thank you for wanting to share!
events-rating-not-there = Events are rated by those who were there and checked in.
