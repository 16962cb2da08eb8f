namespace Relay.Slack;

/// <summary>What a reply means for the message that was posted.</summary>
internal abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>Slack has taken it.</summary>
    /// <param name="ChannelId">Slack's id of the channel that it is in; null from an incoming webhook, which gives none.</param>
    /// <param name="Ts">Slack's name for the message within the channel; null from an incoming webhook.</param>
    public sealed record Delivered(string? ChannelId, string? Ts) : Outcome;

    /// <summary>Slack has not taken it and wants no message of this destination for a while.</summary>
    /// <param name="RetryAfter">Never less than Slack's limit allows.</param>
    public sealed record RateLimited(TimeSpan RetryAfter) : Outcome;

    /// <summary>Slack is unwell, or nobody knows whether it has taken it: send it again, after a while of the caller's choice.</summary>
    /// <param name="Reason">For logs.</param>
    public sealed record Retry(string Reason) : Outcome;

    /// <summary>It was sent and nobody answered: Slack may have taken it, so that sending it again may repeat it.</summary>
    /// <param name="Reason">For logs.</param>
    public sealed record Unanswered(string Reason) : Outcome;

    /// <summary>Slack will never take this message as it is.</summary>
    /// <param name="Error">Slack's code for it, or the HTTP status.</param>
    public sealed record Malformed(string Error) : Outcome;

    /// <summary>Slack does not take it as an edit or an answer: the message that it belongs to is gone, too old or not the bot's own.</summary>
    /// <param name="Error">Slack's code for it, or the HTTP status.</param>
    public sealed record MessageGone(string Error) : Outcome;

    /// <summary>Slack has not taken it, and the route's secret is another one by now: the next message goes there.</summary>
    public sealed record SecretRotated : Outcome;

    /// <summary>The destination takes no messages: its secret or its channel is no longer valid.</summary>
    /// <param name="Error">Slack's code for it, or the HTTP status.</param>
    public sealed record Gone(string Error) : Outcome;
}
