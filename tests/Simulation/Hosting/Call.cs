namespace Simulation.Hosting;

/// <summary>One request over the network.</summary>
/// <param name="LeadsToPost">
/// Whether a post is next: renewing the route's lease, and finding the destination. An instance that stood still there for longer than
/// its lease would post without the right to. Slack knows of no leases, so nothing can help, and the simulation leaves it out.
/// </param>
internal readonly record struct Call(CallKind Kind, string Verb, string Name, bool LeadsToPost = false)
{
    /// <summary>Whether it writes the last notification of an incident, or one that Slack refuses.</summary>
    public bool KeepsLastNotification =>
        (Kind, Verb) == (CallKind.Blob, "write")
        && (Name.EndsWith("/incident", StringComparison.Ordinal) || Name.StartsWith("parked/incidents/", StringComparison.Ordinal));

    /// <summary>Whether it writes when the route may post again.</summary>
    public bool KeepsPace =>
        (Kind, Verb) == (CallKind.Blob, "write")
        && Name.StartsWith("routes/", StringComparison.Ordinal) && !Name.EndsWith(".due", StringComparison.Ordinal);

    public override string ToString() => $"{Verb} {Name}";
}
