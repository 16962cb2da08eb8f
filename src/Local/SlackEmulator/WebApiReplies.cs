using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Local.SlackEmulator;

/// <summary>An outcome in the words of the Web API: JSON, and 200 even for a refusal.</summary>
internal static class WebApiReplies
{
    public static SlackReply For(PostOutcome outcome) => outcome switch
    {
        PostOutcome.Accepted accepted => Ok(accepted.Message),
        PostOutcome.Refused refused => new SlackReply(200, Error(refused.Error)),
        PostOutcome.RateLimited limited => new SlackReply(429, Error("ratelimited")) { RetryAfter = $"{limited.Seconds}" },
        _ => throw new UnreachableException(),
    };

    private static SlackReply Ok(SlackMessage message) =>
        new(200, new JsonObject { ["ok"] = true, ["channel"] = ChannelIds.Of(message.Channel), ["ts"] = message.Ts }.ToJsonString());

    private static string Error(string error) => new JsonObject { ["ok"] = false, ["error"] = error }.ToJsonString();
}
