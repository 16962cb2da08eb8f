using Simulation.Faults;

namespace Simulation.Time;

/// <summary>All that is going to happen, by virtual time. What happens at the same time happens in an order that the random decide.</summary>
internal sealed class Timeline(SeededRandom random)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, ulong Order)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>How much has happened.</summary>
    public int Steps { get; private set; }

    /// <exception cref="InvalidOperationException">Something has left the simulation's thread, so that a seed would not repeat itself.</exception>
    public void After(TimeSpan delay, Action happens)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("The relay went on in another thread.");
        }

        var at = delay > TimeSpan.Zero ? Now + delay : Now;
        _events.Enqueue(happens, (at.UtcTicks, random.Next()));
    }

    /// <summary>Lets the next thing happen that is due by <paramref name="end"/>; false, at <paramref name="end"/>, if there is none.</summary>
    public bool Step(DateTimeOffset end)
    {
        if (!_events.TryPeek(out _, out var next) || next.At > end.UtcTicks)
        {
            Now = end;
            return false;
        }

        Steps++;
        Now = new DateTimeOffset(next.At, TimeSpan.Zero);
        _events.Dequeue()();
        return true;
    }

    /// <summary>Lets everything happen that is due by <paramref name="end"/>.</summary>
    public void RunUntil(DateTimeOffset end)
    {
        while (Step(end))
        {
        }
    }
}
