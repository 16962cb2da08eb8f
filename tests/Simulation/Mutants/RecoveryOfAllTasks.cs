using Relay.Messages;
using Relay.Reports;

namespace Simulation.Mutants;

/// <summary>Takes the recovery of one task for that of every task that failed on the host.</summary>
internal sealed class RecoveryOfAllTasks
{
    private readonly List<(string? Project, Event Failure)> _failures = [];

    public EventsMessage Change(EventsMessage message)
    {
        _failures.AddRange(message.Events.Where(one => one.Kind != EventKind.Recovered).Select(one => (message.Run.Project, one)));
        return message with { Events = [.. message.Events, .. message.Events.Where(one => one.Kind == EventKind.Recovered).SelectMany(Others)] };

        IEnumerable<Event> Others(Event recovery) =>
            from failed in _failures
            where failed.Project == message.Run.Project && failed.Failure.Host == recovery.Host && failed.Failure.Task != recovery.Task
            select recovery with
            {
                Id = $"{recovery.Id}-{failed.Failure.Id}",
                Task = failed.Failure.Task,
                Of = failed.Failure.Kind,
                Recovers = [failed.Failure.Id],
            };
    }
}
