import-reading = Reading the file
import-writing = Writing
import-organisations-done = Done. Organisations added: { $added }, updated: { $updated }, unchanged: { $unchanged }.
import-members-done =
    Done. Added: { $added }, updated: { $updated }, returned: { $returned }, unchanged: { $unchanged }.
    { $left ->
        [0] Nobody has left.
       *[other] Left: { $left }. They are not in the new file:
    }
import-whole-sure =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    } of the register are not in the file. Mark them as left? [yes/no]
import-left = { $number }  { $name }
import-place = { $code } ({ $people })
import-beyond =
    Organisations not in the file: { $places }{ $more ->
        [0] .
       *[other] { "" } and { $more } more.
    } The records of their members stay as they were: { $people }.
    If the file holds the whole register, import it with --whole: whoever is not in it has left.
import-bad-row = Line { $line }: { $reason }
import-more =
    …and { $count ->
        [one] { $count } more line
       *[other] { $count } more lines
    } with mistakes.
import-nothing-written = Nothing was written. Please correct the file and import it again.

import-header = the first line lacks these columns: { $value }.
import-columns = the line has more values than columns. Put a name with a comma into quotes.
import-empty = there is not one row of data below it.
import-unreadable = the file cannot be read. It must be CSV in UTF-8 or Windows-1251, or XLSX.
import-old-excel = this is the old XLS format. Open it in Excel and save it as XLSX or CSV.
import-repeated = “{ $value }” is in the file already, further up.
import-code = the code “{ $value }” will not do: it takes 1 to 20 Latin letters, digits or hyphens.
import-name = there is no name, or one longer than 200 characters.
import-level = the level “{ $value }” is unknown. It is union, territorial or primary.
import-parent-missing = no parent is named (column parent).
import-parent-of-union = an organisation at the level union has no parent. Leave the column parent empty.
import-timezone = the time zone “{ $value }” is unknown. An example: Asia/Yekaterinburg.
import-level-changed = organisation { $value } had another level before, and that cannot be changed. Give it a new code.
import-parent-unknown = there is no parent organisation with the code “{ $value }”.
import-parent-level = organisation { $value } cannot be the parent at this level: territorial stands below union, primary below territorial.
import-number = the number “{ $value }” will not do: it takes 1 to 20 characters.
import-organisation = there is no primary organisation with the code “{ $value }”. Import the organisations first.
