using Simulation.Hosting;
using Simulation.Time;

namespace Simulation.Faults;

/// <summary>A time in which one service answers nobody: long enough, often, for messages to fail as often as the queue allows.</summary>
internal sealed record Outage(CallKind? Kind, DateTimeOffset Begins, DateTimeOffset Ends)
{
    public static Outage Of(SeededRandom random)
    {
        var begins = Timeline.Start + random.Seconds(0, 240);
        CallKind? kind = random.Below(6) switch
        {
            0 => CallKind.Blob,
            1 => CallKind.Queue,
            2 => CallKind.Secret,
            _ => null,
        };
        return new Outage(kind, begins, begins + random.Seconds(5, 180));
    }

    public bool Covers(CallKind kind, DateTimeOffset now) => kind == Kind && now >= Begins && now < Ends;
}
