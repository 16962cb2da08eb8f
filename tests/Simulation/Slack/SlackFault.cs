namespace Simulation.Slack;

/// <summary>How Slack answers a post.</summary>
internal enum SlackFault
{
    None,

    /// <summary>429, and how long to wait.</summary>
    RateLimited,

    /// <summary>429, without how long to wait.</summary>
    RateLimitedWithoutDelay,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>Takes nothing and does not answer.</summary>
    NoReply,

    /// <summary>Takes the message and does not answer.</summary>
    ReplyLost,

    /// <summary>404: there is no such webhook, for now.</summary>
    Gone,
}
