using Relay.Incidents;
using Relay.Messages;
using Simulation.Ports;

namespace Simulation.Mutants;

/// <summary>Every bug that there is to find.</summary>
internal static class Planted
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("due-noted-first", 6000, real => new DueNotedFirst(real.Blobs, real.Queue) is var both ? real with { Blobs = both, Queue = both } : real, "No notification names", Aim: "send", IsRare: true),
        new("due-cleared-late", 2000, real => real with { Blobs = new DueClearedLate(real.Blobs) }, IsRare: true),
        new("mark-deleted-blindly", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, _) => BlobNames.IsMark(name)) }, "The last notification is"),
        new("lease-not-renewed", 2000, real => real with { Blobs = new LeaseNotRenewed(real.Blobs) }, "did not keep it"),
        new("pace-not-kept", 2000, real => real with { Blobs = new PaceNotKept(real.Blobs) }, "did not keep it"),
        new("refusal-kept-secret", 2000, real => real with { Blobs = new RefusalKeptSecret(real.Blobs) }, "had to wait for"),
        new("host-overwritten", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, _) => BlobNames.IsHost(name)) }, "No notification names"),
        new("poison-dropped", 2000, real => real with { ToPoison = _ => true }, "is not kept"),
        new("refused-dropped", 2000, real => real with { Blobs = new RefusedDropped(real.Blobs) }, "No notification names"),
        new("host-closed-blindly", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, content) => BlobNames.IsHost(name) && content?.Text.Length == 0) }, "No notification names"),
        new("incident-overwritten", 2000, real => real with { Blobs = new Unconditional(real.Blobs, (name, _) => BlobNames.IsIncident(name)) }, IsRare: true),
        new("incident-gone-first", 2000, real => real with { Blobs = new IncidentGoneFirst(real.Blobs) }),
        new("outbox-emptied-at-once", 2000, real => real with { Blobs = new OutboxEmptiedAtOnce(real.Blobs) }, "No notification names"),
        new("lease-given-back-too-soon", 2000, real => real with { Blobs = new LeaseGivenBackTooSoon(real.Blobs) }, Aim: "write"),
        new("nothing-resumed", 2000, real => real with { Blobs = new NothingResumed(real.Blobs) }, IsRare: true),
        new("lease-kept", 2000, real => real with { Blobs = new LeaseKept(real.Blobs) }, "keeps the lease"),
        new("edits-dropped", 2000, real => real with { Slack = new EditsDropped(real.Slack) }, "the bot's message shows"),
        new("flush-late", 2000, real => real with { Queue = new FlushLate(real.Queue) }, "was not delivered by", Mutant.Calm),
        new("rest-of-report-dropped", 2000, real => real with { Queue = new RestOfReportDropped(real.Queue) }, "No notification names"),
        new("accepted-too-soon", 2000, real => real with { Queue = new AcceptedTooSoon(real.Queue) }, "No notification names"),
        new("project-ignored", 500, real => WithEvents(real, message => message with { Run = message.Run with { Project = null } }), "Nobody knows what this is of"),
        new("cause-ignored", 500, real => WithEvents(real, message => message with
        {
            Events = [.. message.Events.Select(one => one with { CauseKey = "0000000000000000" })],
        }), "No notification names"),
        new("cause-dropped-on-merge", 500, real => WithHosts(real, (known, next) => next with { Cause = known.Cause ?? next.Cause }), "No notification names"),
        new("recovery-of-all-tasks", 500, real => WithEvents(real, new RecoveryOfAllTasks().Change), "this is open"),
        new("recovery-closes-all", 500, real => WithHosts(real, (known, next) =>
            next.Open.Length < known.Open.Length && next.Failures == known.Failures ? next with { Open = [], MendedAt = next.LastFailedAt } : next), "this is open"),
        new("marks-by-name", 500, real => real with { Blobs = new MarksByName(real.Blobs) }, "of younger news", Mutant.Calm),
    ];

    private static Surroundings WithEvents(Surroundings real, Func<EventsMessage, EventsMessage> change) =>
        real with { Queue = new EventsChanged(real.Queue, change) };

    private static Surroundings WithHosts(Surroundings real, Func<HostRecord, HostRecord, HostRecord> merge) =>
        real with { Blobs = new HostChanged(real.Blobs, merge) };

    public static Mutant Find(string name) =>
        All.FirstOrDefault(mutant => mutant.Name == name)
        ?? throw new ArgumentException($"There is no mutant '{name}'. There are {string.Join(", ", All)}.");
}
