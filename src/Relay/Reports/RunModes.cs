namespace Relay.Reports;

/// <summary>How a run came about. What a report says besides these means nothing.</summary>
public static class RunModes
{
    /// <summary>Somebody, or a server, ran a playbook against other hosts.</summary>
    public const string Push = "push";

    /// <summary><c>ansible-pull</c> ran on the host itself.</summary>
    public const string Pull = "pull";

    /// <summary>Somebody tried whether reports arrive: nothing is wrong.</summary>
    public const string Test = "test";

    /// <summary>The relay tells of itself. No report that comes in can say so.</summary>
    internal const string Relay = "relay";
}
