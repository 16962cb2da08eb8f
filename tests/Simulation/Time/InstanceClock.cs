using Simulation.Hosting;

namespace Simulation.Time;

/// <summary>The time as one instance knows it: clocks differ, and the timers of an instance stop with it.</summary>
internal sealed class InstanceClock(Instance instance, Timeline timeline) : TimeProvider
{
    private int _awaited;

    /// <summary>Whether somebody waits for a time to come.</summary>
    public bool IsAwaited => _awaited > 0;

    public override DateTimeOffset GetUtcNow() => timeline.Now + instance.ClockAhead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new OneShot();
        _awaited++;
        instance.After(dueTime, () =>
        {
            _awaited--;
            if (!timer.IsDisposed)
            {
                callback(state);
            }
        });
        return timer;
    }

    private sealed class OneShot : ITimer
    {
        public bool IsDisposed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("The relay waits with Task.Delay alone.");

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
