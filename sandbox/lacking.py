"""Methods of the Bot API that the sandbox does not have, by what they are about."""

_LACKING = {
    "payments, stars and gifts": """
        answerPreCheckoutQuery answerShippingQuery convertGiftToStars createInvoiceLink
        createChatSubscriptionInviteLink editChatSubscriptionInviteLink editUserStarSubscription
        getAvailableGifts getChatGifts getMyStarBalance getStarTransactions getUserGifts
        giftPremiumSubscription refundStarPayment sendGift sendInvoice sendPaidMedia transferGift
        upgradeGift""",
    "business accounts": """
        deleteBusinessMessages getBusinessAccountGifts getBusinessAccountStarBalance
        getBusinessConnection readBusinessMessage removeBusinessAccountProfilePhoto
        setBusinessAccountBio setBusinessAccountGiftSettings setBusinessAccountName
        setBusinessAccountProfilePhoto setBusinessAccountUsername transferBusinessAccountStars
        sendChecklist editMessageChecklist""",
    "stories": "deleteStory editStory postStory repostStory",
    "sticker sets and custom emoji": """
        addStickerToSet createNewStickerSet deleteChatStickerSet deleteStickerFromSet
        deleteStickerSet getCustomEmojiStickers getStickerSet replaceStickerInSet
        setChatStickerSet setCustomEmojiStickerSetThumbnail setStickerEmojiList
        setStickerKeywords setStickerMaskPosition setStickerPositionInSet setStickerSetThumbnail
        setStickerSetTitle setUserEmojiStatus uploadStickerFile""",
    "games and passports": "getGameHighScores sendGame setGameScore setPassportDataErrors",
    "the newest kinds of messages": """
        deleteEphemeralMessage editEphemeralMessageCaption editEphemeralMessageMedia
        editEphemeralMessageReplyMarkup editEphemeralMessageText sendLivePhoto sendMessageDraft
        sendRichMessage sendRichMessageDraft approveSuggestedPost declineSuggestedPost""",
    "bots that serve others": """
        answerChatJoinRequestQuery answerGuestQuery getManagedBotAccessSettings getManagedBotToken
        replaceManagedBotToken setManagedBotAccessSettings savePreparedInlineMessage
        savePreparedKeyboardButton sendChatJoinRequestWebApp""",
    "profiles, boosts and verification": """
        deleteAllMessageReactions deleteMessageReaction getUserChatBoosts
        getUserPersonalChatMessages getUserProfileAudios removeChatVerification
        removeMyProfilePhoto removeUserVerification setChatMemberTag setMyProfilePhoto verifyChat
        verifyUser""",
    "moving between servers": "close logOut",
}
LACKING = {name.lower(): name for names in _LACKING.values() for name in names.split()}
_UPDATES = """
    business_connection business_message edited_business_message deleted_business_messages
    guest_message shipping_query pre_checkout_query purchased_paid_media chat_boost
    removed_chat_boost managed_bot subscription stopped_message_generation"""
UPDATES = frozenset(_UPDATES.split())
