error-refused = This is not possible.
error-not-found = This is no longer here. Please open the section again.
error-forbidden = You do not have the right to do this.
error-trouble = Something broke on our side, not yours. We are already looking into it. Please try again in a couple of minutes.
people-unknown = I do not know “{ $who }”. Give their Telegram ID in digits, or the @name if they have written to the bot before.
system-trouble = ⚠️ The bot could not handle a message ({ $error }). Details are in the server’s log. The next such notice will come tomorrow at the earliest.
