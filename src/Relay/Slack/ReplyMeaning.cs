namespace Relay.Slack;

/// <summary>The rule that says what a reply of Slack's means, for an incoming webhook and a bot token alike.</summary>
/// <remarks>
/// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
/// https://docs.slack.dev/reference/methods/chat.postMessage
/// and https://docs.slack.dev/reference/methods/chat.update
/// </remarks>
internal static class ReplyMeaning
{
    private const int LongestReason = 120;

    /// <summary>Decides from the reply to <paramref name="message"/> alone.</summary>
    /// <param name="now">For a <c>Retry-After</c> that is a date.</param>
    public static Outcome Of(SlackReply reply, SlackMessage message, DateTimeOffset now)
    {
        if (reply.Status is not { } status)
        {
            var reason = SlackText.Line(reply.Body, LongestReason);
            return reply.MayHaveArrived ? new Outcome.Unanswered(reason) : new Outcome.Retry(reason);
        }

        var body = ReplyBody.Parse(reply.Body);

        if (status is >= 200 and < 300 && body.Ok)
        {
            return new Outcome.Delivered(body.Channel, body.Ts);
        }

        // Only a code of Slack's decides, whatever the status: a Web API error is a 200, some webhook errors once were a 500, and a page
        // with a 403, or a success that does not say ok, is some proxy's. An unknown code, such as a migration's, passes in time.
        var error = body.Error ?? $"HTTP {status}";
        var kind = status == 429
            ? ErrorKind.RateLimited
            : SlackErrorCodes.KindOf(body.Error) ?? (status == 413 ? ErrorKind.Malformed : ErrorKind.Retry);
        return kind switch
        {
            ErrorKind.RateLimited => new Outcome.RateLimited(RetryAfter.Of(reply.RetryAfter, body.RetryAfter, now)),
            ErrorKind.Retry => new Outcome.Retry(error),
            ErrorKind.Malformed => new Outcome.Malformed(error),
            ErrorKind.MessageGone when message.IsNew => new Outcome.Retry(error),
            ErrorKind.MessageGone => new Outcome.MessageGone(error),
            // Whether the destination is gone as well, or only what was to be edited, a new message will show.
            ErrorKind.Gone when !message.IsNew => new Outcome.MessageGone(error),
            ErrorKind.Gone => new Outcome.Gone(error),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), kind, "This kind of error has no meaning yet."),
        };
    }
}
