using System.Net;
using System.Text;
using Relay.Slack;

namespace Local.Tests.Slack;

/// <summary>The replies that both Slack clients are held to: the same reply, the same outcome, whatever library reads it.</summary>
public static class ConformanceReplies
{
    private const string Json = "application/json; charset=utf-8";
    private const string Page = "<!DOCTYPE html><title>Sign in</title>";

    /// <summary>When the replies come; a date in one of them is 20 seconds later.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, ConformanceReply> Table = new()
    {
        ["a webhook's yes"] = Http(200, "ok", "Delivered", type: "text/html"),
        ["a webhook's yes without a content type"] = Http(200, "ok", "Delivered", type: null),
        ["the Web API's yes"] = Http(200, """{"ok":true,"channel":"C1","ts":"1700000000.000100","message":{"attachments":[{"id":1,"ts":"1"}]}}""", "Delivered C1 1700000000.000100"),
        ["the Web API's yes without a content type"] = Http(200, """{"ok":true,"channel":"C1","ts":"1700000000.000100"}""", "Delivered C1 1700000000.000100", type: null),
        ["a yes with a warning"] = Http(200, """{"ok":true,"channel":"C1","ts":"1700000000.000100","warning":"missing_charset"}""", "Delivered C1 1700000000.000100"),
        ["the Web API's no"] = Http(200, """{"ok":false,"error":"channel_not_found"}""", "Gone channel_not_found"),
        ["a token that is gone"] = Http(200, """{"ok":false,"error":"invalid_auth"}""", "Gone invalid_auth"),
        ["a no with details"] = Http(200, """{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["x"]}}""", "Malformed invalid_blocks"),
        ["a message that is gone"] = Refusal("message_not_found"),
        ["a message of somebody else's"] = Refusal("cant_update_message"),
        ["a message that is too old"] = Refusal("edit_window_closed"),
        ["a thread that is gone"] = Refusal("thread_not_found"),
        ["a message without a thread"] = Refusal("cannot_reply_to_message"),
        ["trouble within the Web API"] = Http(200, """{"ok":false,"error":"internal_error"}""", "Again internal_error"),
        ["a limit within a yes"] = Http(200, """{"ok":false,"error":"ratelimited"}""", "Later 30"),

        ["a limit in seconds"] = Http(429, "rate_limited", "Later 3", type: "text/html", retryAfter: "3"),
        ["a limit as a date"] = Http(429, "rate_limited", "Later 20", type: "text/html", retryAfter: "Sun, 22 Nov 2026 10:00:20 GMT"),
        ["a limit without a time"] = Http(429, "rate_limited", "Later 30", type: "text/html"),
        ["a limit with a garbled time"] = Http(429, "rate_limited", "Later 30", type: "text/html", retryAfter: "soon, or later"),
        ["a limit with the time in its body"] = Http(429, """{"retry_after":7,"ok":false,"error":"rate_limited"}""", "Later 7"),
        ["a limit with nothing at all"] = Http(429, "", "Later 30", type: null),

        ["a message that Slack cannot read"] = Http(400, "invalid_payload", "Malformed invalid_payload", type: "text/html"),
        ["a message without text"] = Http(400, "no_text", "Malformed no_text", type: "text/html"),
        ["a message with too much"] = Http(400, "too_many_attachments", "Malformed too_many_attachments", type: "text/html"),
        ["a bad request of nobody's"] = Http(400, Page, "Again HTTP 400", type: "text/html"),
        ["a message that is too large"] = Http(413, "", "Malformed HTTP 413", type: null),

        ["a webhook that is gone"] = Http(404, "no_service", "Gone no_service", type: "text/html"),
        ["a webhook that is forbidden"] = Http(403, "action_prohibited", "Gone action_prohibited", type: "text/html"),
        ["a channel that is archived"] = Http(410, "channel_is_archived", "Gone channel_is_archived", type: "text/html"),
        ["gone without a word"] = Http(410, "", "Again HTTP 410", type: null),

        ["trouble at Slack"] = Http(500, "rollup_error", "Again rollup_error", type: "text/html"),
        ["trouble before Slack"] = Http(503, Page, "Again HTTP 503", type: "text/html", retryAfter: "120"),
        ["a redirect"] = Http(302, "", "Again HTTP 302", type: null),
        ["a page of a proxy's"] = Http(200, Page, "Again HTTP 200", type: "text/html"),
        ["an empty yes"] = Http(200, "", "Again HTTP 200", type: null),
        ["JSON that is none"] = Http(200, """{"ok":tr""", "Again HTTP 200"),
        ["JSON of another kind"] = Http(200, "[1]", "Again HTTP 200"),
        ["an unknown content type"] = Http(200, "ok", "Delivered", type: "nonsense"),
        ["a body without end"] = new(
            () => Response(200, new string('x', 1_000_000), "text/html", null),
            new SlackReply(200, new string('x', 64 * 1024)),
            "Again HTTP 200",
            "Again HTTP 200"),

        ["nobody there"] = Failure(new HttpRequestException(HttpRequestError.ConnectionError, "hooks.example.com:443"), "network: ConnectionError"),
        ["no such name"] = Failure(new HttpRequestException(HttpRequestError.NameResolutionError, "hooks.example.com:443"), "network: NameResolutionError"),
        ["a reply that breaks off"] = new(
            () => new HttpResponseMessage { Content = new StreamContent(new BrokenStream()) },
            new SlackReply(null, "network: the reply broke off"),
            "Again network: the reply broke off",
            "Again network: the reply broke off"),
    };

    /// <summary>Every one, by its name.</summary>
    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>The one of that name.</summary>
    public static ConformanceReply Of(string name) => Table[name];

    /// <summary>What says that a destination is gone says of an edit only that it cannot be made.</summary>
    private static ConformanceReply Http(int status, string body, string meaning, string? type = Json, string? retryAfter = null) =>
        new(() => Response(status, body, type, retryAfter), new SlackReply(status, body, retryAfter), meaning, meaning.Replace("Gone ", "Lost ", StringComparison.Ordinal));

    /// <summary>A word that Slack has for an edit or an answer, and for nothing else.</summary>
    private static ConformanceReply Refusal(string word) =>
        Http(200, $$"""{"ok":false,"error":"{{word}}"}""", $"Again {word}") with { MeaningOfEdit = $"Lost {word}" };

    private static ConformanceReply Failure(Exception failure, string body) =>
        new(() => throw failure, new SlackReply(null, body), $"Again {body}", $"Again {body}");

    private static HttpResponseMessage Response(int status, string body, string? type, string? retryAfter)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        if (status == 302)
        {
            response.Headers.Location = new Uri("https://elsewhere.example.com/");
        }

        return response;
    }
}
