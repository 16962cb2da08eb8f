using System.Text.Json;

namespace Local.SlackEmulator;

/// <summary>What Slack asks of a message, whichever way it comes: https://docs.slack.dev/reference/methods/chat.postMessage</summary>
internal static class MessageRules
{
    public const int MostAttachments = 100;
    public const int LongestText = 40_000;
    public const int LongestEdit = 4_000;

    /// <summary>Slack's word for what is wrong with a message, null when nothing is.</summary>
    public static string? Refuse(SlackPayload payload)
    {
        var attachments = payload.ValueOf("attachments");
        var blocks = payload.ValueOf("blocks");

        return (attachments, blocks) switch
        {
            ({ ValueKind: not JsonValueKind.Array }, _) => SlackErrors.InvalidAttachments,
            (_, { ValueKind: not JsonValueKind.Array }) => SlackErrors.InvalidBlocks,
            _ when CountOf(attachments) > MostAttachments => SlackErrors.TooManyAttachments,
            _ when payload.TextOf("text") is null && CountOf(attachments) + CountOf(blocks) == 0 => SlackErrors.NoText,
            _ => null,
        };
    }

    public static string? RefuseEdit(SlackPayload payload) =>
        payload.TextOf("text")?.Length > LongestEdit ? SlackErrors.MessageTooLong : Refuse(payload);

    /// <summary>Slack cuts a longer text without a word. A surrogate pair is not cut in two here: the rest has to stay JSON.</summary>
    public static SlackPayload Cut(SlackPayload payload)
    {
        if (payload.TextOf("text") is not { Length: > LongestText } text)
        {
            return payload;
        }

        var length = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return payload.With("text", text[..length]);
    }

    /// <summary>An edit without attachments keeps the old ones: https://docs.slack.dev/reference/methods/chat.update</summary>
    public static SlackPayload Edit(SlackMessage old, SlackPayload edit) =>
        edit.ValueOf("attachments") is null && old.Payload.TryGetProperty("attachments", out var kept)
            ? edit.With("attachments", JsonSerializer.SerializeToNode(kept))
            : edit;

    private static int CountOf(JsonElement? list) => list?.GetArrayLength() ?? 0;
}
