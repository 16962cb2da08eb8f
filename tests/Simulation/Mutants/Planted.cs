namespace Simulation.Mutants;

/// <summary>Every bug that there is to find. What each was caught by, and how soon, is in the decision record on the simulation.</summary>
internal static class Planted
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("due-noted-first", 6000, real => new DueNotedFirst(real.Blobs, real.Queue) is var both ? real with { Blobs = both, Queue = both } : real),
        new("due-cleared-late", 2000, real => real with { Blobs = new DueClearedLate(real.Blobs) }),
        new("mark-deleted-blindly", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, _) => BlobNames.IsMark(name)) }),
        new("lease-not-renewed", 2000, real => real with { Blobs = new LeaseNotRenewed(real.Blobs) }),
        new("pace-not-kept", 2000, real => real with { Blobs = new PaceNotKept(real.Blobs) }),
        new("refusal-kept-secret", 2000, real => real with { Blobs = new RefusalKeptSecret(real.Blobs) }),
        new("host-overwritten", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, _) => BlobNames.IsHost(name)) }),
        new("poison-dropped", 2000, real => real with { ToPoison = _ => true }),
        new("refused-dropped", 2000, real => real with { Blobs = new RefusedDropped(real.Blobs) }),
        new("host-closed-blindly", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, content) => BlobNames.IsHost(name) && content?.Text.Length == 0) }),
        new("incident-overwritten", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, _) => BlobNames.IsIncident(name)) }),
        new("incident-gone-first", 2000, real => real with { Blobs = new IncidentGoneFirst(real.Blobs) }),
        new("outbox-emptied-at-once", 2000, real => real with { Blobs = new OutboxEmptiedAtOnce(real.Blobs) }),
        new("lease-given-back-too-soon", 2000, real => real with { Blobs = new LeaseGivenBackTooSoon(real.Blobs) }),
        new("nothing-resumed", 2000, real => real with { Blobs = new NothingResumed(real.Blobs) }),
        new("lease-kept", 2000, real => real with { Blobs = new LeaseKept(real.Blobs) }),
        new("edits-dropped", 2000, real => real with { Slack = new EditsDropped(real.Slack) }),
        new("flush-late", 2000, real => real with { Queue = new FlushLate(real.Queue) }),
        new("rest-of-report-dropped", 2000, real => real with { Queue = new RestOfReportDropped(real.Queue) }),
        new("accepted-too-soon", 2000, real => real with { Queue = new AcceptedTooSoon(real.Queue) }),
    ];

    public static Mutant Find(string name) =>
        All.FirstOrDefault(mutant => mutant.Name == name)
        ?? throw new ArgumentException($"There is no mutant '{name}'. There are {string.Join(", ", All)}.");
}
