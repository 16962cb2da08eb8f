namespace Local.SlackEmulator;

/// <summary>Slack's own words for what it refuses: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks</summary>
internal static class SlackErrors
{
    public const string ChannelNotFound = "channel_not_found";
    public const string InternalError = "internal_error";
    public const string InvalidAttachments = "invalid_attachments";
    public const string InvalidBlocks = "invalid_blocks";
    public const string InvalidJson = "invalid_json";
    public const string InvalidPayload = "invalid_payload";
    public const string MessageNotFound = "message_not_found";
    public const string MessageTooLong = "msg_too_long";
    public const string NoService = "no_service";
    public const string NoText = "no_text";
    public const string NotAuthed = "not_authed";
    public const string ThreadNotFound = "thread_not_found";
    public const string TooManyAttachments = "too_many_attachments";
}
