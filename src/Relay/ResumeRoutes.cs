using Relay.Delivery;
using Relay.State;

namespace Relay;

/// <summary>Makes a flush due for every route with news, in case one was lost: with a poison message, or with a setting that has changed.</summary>
/// <remarks>Heads call it when they start and every now and then. It costs one listing.</remarks>
public sealed class ResumeRoutes
{
    /// <summary>How often a head calls it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly Outbox _outbox;
    private readonly FlushSchedule _schedule;

    internal ResumeRoutes(Outbox outbox, FlushSchedule schedule) => (_outbox, _schedule) = (outbox, schedule);

    /// <summary>Looks through the whole outbox.</summary>
    public async Task HandleAsync(CancellationToken cancellation)
    {
        foreach (var route in await _outbox.ListRoutesAsync(cancellation))
        {
            await _schedule.ResumeAsync(route, TimeSpan.FromSeconds(5), cancellation);
        }
    }
}
