import-reading = Читаю файл
import-writing = Записываю
import-organisations-done = Готово. Организаций добавлено: { $added }, обновлено: { $updated }, без изменений: { $unchanged }.
import-members-done =
    Готово. Добавлено: { $added }, обновлено: { $updated }, вернулись: { $returned }, без изменений: { $unchanged }.
    { $left ->
        [0] Никто не выбыл.
       *[other] Выбыли: { $left }. Их нет в новом файле:
    }
import-whole-sure =
    В файле нет { $count ->
        [one] { $count } человека
        [few] { $count } человек
       *[other] { $count } человек
    } из реестра. Отметить их выбывшими? [да/нет]
import-left = { $number }  { $name }
import-place = { $code } ({ $people } чел.)
import-beyond =
    В файле нет организаций: { $places }{ $more ->
        [0] .
       *[other] { "" } и ещё { $more }.
    } Записи об их членах остались как были: { $people }.
    Если в файле весь реестр, загрузите его с --whole: кого в нём нет, тот выбыл.
import-bad-row = Строка { $line }: { $reason }
import-more =
    …и ещё { $count ->
        [one] { $count } строка
        [few] { $count } строки
       *[other] { $count } строк
    } с ошибками.
import-nothing-written = Ничего не записано. Исправьте файл и загрузите его ещё раз.

import-header = в первой строке не хватает столбцов: { $value }.
import-columns = в строке больше значений, чем столбцов. Название с запятой возьмите в кавычки.
import-empty = под ней нет ни одной строки с данными.
import-unreadable = файл не читается. Нужен CSV в кодировке UTF-8 или Windows-1251 либо XLSX.
import-old-excel = это старый формат XLS. Откройте файл в Excel и сохраните как XLSX или CSV.
import-repeated = «{ $value }» уже есть в файле выше.
import-code = код «{ $value }» не подходит: нужны от 1 до 20 латинских букв, цифр или дефисов.
import-name = нет названия, или оно длиннее 200 знаков.
import-level = уровень «{ $value }» неизвестен. Бывает union, territorial или primary.
import-parent-missing = не указана вышестоящая организация (столбец parent).
import-parent-of-union = у организации с уровнем union вышестоящей нет. Оставьте столбец parent пустым.
import-timezone = часовой пояс «{ $value }» неизвестен. Пример: Asia/Yekaterinburg.
import-level-changed = у организации { $value } раньше был другой уровень, менять его нельзя. Заведите новый код.
import-parent-unknown = вышестоящей организации с кодом «{ $value }» нет.
import-parent-level = организация { $value } не может быть вышестоящей для этого уровня: territorial стоит под union, primary — под territorial.
import-number = номер «{ $value }» не подходит: нужны от 1 до 20 знаков.
import-organisation = первичной организации с кодом «{ $value }» нет. Сначала загрузите организации.
