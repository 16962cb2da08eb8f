namespace Simulation.Time;

/// <summary>The time as it is, which the services of the world go by.</summary>
internal sealed class TrueClock(Timeline timeline) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => timeline.Now;
}
