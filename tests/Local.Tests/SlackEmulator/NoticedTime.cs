using Microsoft.Extensions.Time.Testing;

namespace Local.Tests.SlackEmulator;

/// <summary>A fake clock that says when somebody begins to wait on it.</summary>
internal sealed class NoticedTime : FakeTimeProvider
{
    private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task SomebodyWaits => waiting.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waiting.TrySetResult();
        return timer;
    }
}
