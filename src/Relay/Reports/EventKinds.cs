namespace Relay.Reports;

/// <summary>How reports spell the kinds of events.</summary>
internal static class EventKinds
{
    public static readonly IReadOnlyDictionary<string, EventKind> Failures = new Dictionary<string, EventKind>
    {
        ["failed"] = EventKind.Failed,
        ["unreachable"] = EventKind.Unreachable,
    };

    public static readonly IReadOnlyDictionary<string, EventKind> All = new Dictionary<string, EventKind>(Failures)
    {
        ["recovered"] = EventKind.Recovered,
    };
}
