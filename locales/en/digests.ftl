digests-head = { $count ->
        [one] <b>📰 Digest: { $count } piece of news</b>
       *[other] <b>📰 Digest: { $count } pieces of news</b>
    }
digests-line = • { $title }
digests-tail = Tap a piece of news to read it in full.
digests-more = { $count } more
