namespace Local.SlackEmulator;

internal static class FaultReplies
{
    /// <summary>The answer to a post that a fault met, or none did. What Slack refuses anyway gets Slack's own answer.</summary>
    public static SlackReply For(Fault? fault, PostOutcome outcome, SlackReply own)
    {
        if (fault is null || (fault.Accepted && outcome is not PostOutcome.Accepted))
        {
            return own;
        }

        var delay = TimeSpan.FromSeconds(fault.Seconds ?? 0);
        return fault switch
        {
            { Status: { } status } => new SlackReply(status, fault.Body) { RetryAfter = fault.RetryAfter, Delay = delay },
            { Accepted: true } => own with { Delay = delay },
            _ => new SlackReply(504, "") { Delay = delay },
        };
    }
}
