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
            return new Outcome.Retry(SlackText.Line(reply.Body, LongestReason));
        }

        var body = ReplyBody.Parse(reply.Body);

        if (status is >= 200 and < 300 && body.Ok)
        {
            return new Outcome.Delivered(body.Channel, body.Ts);
        }

        // Slack's code comes before the status: a Web API error is a 200, and some webhook errors once were a 500.
        var error = body.Error ?? $"HTTP {status}";
        var kind = status == 429
            ? ErrorKind.RateLimited
            : SlackErrorCodes.KindOf(body.Error) ?? KindOf(status, body.Error is not null, message.IsNew);
        return kind switch
        {
            ErrorKind.RateLimited => new Outcome.RateLimited(RetryAfter.Of(reply.RetryAfter, body.RetryAfter, now)),
            ErrorKind.Retry => new Outcome.Retry(error),
            ErrorKind.Malformed => new Outcome.Malformed(error),
            // Whether the destination is gone as well, or only what was to be edited, a new message will show.
            ErrorKind.Gone when !message.IsNew => new Outcome.MessageGone(error),
            ErrorKind.Gone => new Outcome.Gone(error),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), kind, "This kind of error has no meaning yet."),
        };
    }

    // What is malformed for Slack it names; a bare 400 is some proxy's. A success that does not say ok, such as a proxy's sign-in page,
    // is no proof that Slack has the message. Posting twice is the lesser evil; the same goes for a redirect and for every status that
    // Slack does not document.
    private static ErrorKind KindOf(int status, bool hasCode, bool isNew) => status switch
    {
        // Any code that means nothing else, such as message_not_found or edit_window_closed. Tried again, it would hold up the route
        // for good.
        200 when hasCode && !isNew => ErrorKind.Gone,
        400 or 422 when hasCode => ErrorKind.Malformed,
        413 => ErrorKind.Malformed,
        401 or 403 or 404 or 410 => ErrorKind.Gone,
        _ => ErrorKind.Retry,
    };
}
