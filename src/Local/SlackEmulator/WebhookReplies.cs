using System.Diagnostics;

namespace Local.SlackEmulator;

/// <summary>An outcome in the words of an incoming webhook: a plain text and a status.</summary>
internal static class WebhookReplies
{
    public static SlackReply For(PostOutcome outcome) => outcome switch
    {
        PostOutcome.Accepted => new SlackReply(200, "ok"),
        PostOutcome.Refused { Error: SlackErrors.NoService } => new SlackReply(404, SlackErrors.NoService),
        PostOutcome.Refused refused => new SlackReply(400, refused.Error),
        PostOutcome.RateLimited => new SlackReply(429, """{"retry_after":1,"ok":false,"error":"rate_limited"}""") { RetryAfter = "1" },
        _ => throw new UnreachableException(),
    };
}
