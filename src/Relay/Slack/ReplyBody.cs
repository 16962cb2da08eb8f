using System.Text.Json;
using System.Text.RegularExpressions;
using Relay.Text;

namespace Relay.Slack;

/// <summary>What a reply's body says, be it a webhook's plain code or the Web API's JSON.</summary>
/// <param name="Error">Slack's error code. What looks unlike one is left out: a proxy's page may quote the address it was asked for.</param>
internal sealed partial record ReplyBody(bool Ok, string? Error = null, string? Ts = null, string? Channel = null, double? RetryAfter = null)
{
    private static readonly ReplyBody Unknown = new(Ok: false);

    public static ReplyBody Parse(string? text)
    {
        var body = CleanText.Of(text).Trim();
        return body switch
        {
            "ok" => new(Ok: true),
            ['{', ..] => ParseJson(body),
            _ => new(Ok: false, CodeOf(body)),
        };
    }

    private static ReplyBody ParseJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new(
                root.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True,
                CodeOf(TextOf(root, "error")),
                TextOf(root, "ts") is { } ts && Timestamp.IsMatch(ts) ? ts : null,
                TextOf(root, "channel") is { } channel && ChannelId.IsMatch(channel) ? channel : null,
                NumberOf(root, "retry_after"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string of the reply that is half of a surrogate pair.
            return Unknown;
        }
    }

    private static string? CodeOf(string? text) => text is not null && Code.IsMatch(text) ? text : null;

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? NumberOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{1,63}\z")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"\A[0-9]{1,20}\.[0-9]{1,10}\z")]
    private static partial Regex Timestamp { get; }

    [GeneratedRegex(@"\A[A-Z][A-Z0-9]{1,30}\z")]
    private static partial Regex ChannelId { get; }
}
