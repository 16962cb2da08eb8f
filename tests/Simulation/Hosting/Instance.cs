using Microsoft.Extensions.DependencyInjection;
using Relay;
using Relay.Reports;
using Simulation.Ports;
using Simulation.Time;

namespace Simulation.Hosting;

/// <summary>One process of the relay: all of it as the heads compose it, with the ports replaced.</summary>
internal sealed class Instance : IDisposable
{
    private readonly World _world;
    private readonly InstanceClock _clock;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Work> _works = [];
    private readonly List<TaskCompletionSource<int?>> _callers = [];
    private DateTimeOffset _standsStillUntil;
    private int _leadingToPost;

    public Instance(string name, TimeSpan clockAhead, World world)
    {
        (Name, ClockAhead, _world) = (name, clockAhead, world);
        _clock = new InstanceClock(this, world.Timeline);
        Calls = new Calls(this, world);
        Surroundings = Surroundings.Of(this, world);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddRelay(World.Routes, World.Policy)
            .AddSingleton(Surroundings.Blobs)
            .AddSingleton(Surroundings.Queue)
            .AddSingleton(Surroundings.Slack)
            .AddSingleton(Surroundings.Destinations)
            .AddLogging()
            .BuildServiceProvider();
    }

    public string Name { get; }

    /// <summary>How much its clock is ahead of the true time.</summary>
    public TimeSpan ClockAhead { get; }

    public TimeProvider Clock => _clock;

    public Calls Calls { get; }

    public Surroundings Surroundings { get; }

    public bool IsAlive { get; private set; } = true;

    public CancellationToken Stopping => _stopping.Token;

    public bool IsIdle => _works.Count == 0;

    /// <summary>Whether no call is under way after which a post would be made without looking at the lease again.</summary>
    public bool MayStandStill => _leadingToPost == 0;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Does something later, unless the process is dead by then; after it has stood still, if it does.</summary>
    public void After(TimeSpan delay, Action what) => _world.Timeline.After(delay, () =>
    {
        if (IsAlive && _standsStillUntil > _world.Timeline.Now)
        {
            After(_standsStillUntil - _world.Timeline.Now, what);
        }
        else if (IsAlive)
        {
            what();
        }
    });

    public Work Begin(string name)
    {
        var work = new Work(name, this, _world.Timeline.Now);
        _works.Add(work);
        return work;
    }

    public void End(Work work) => _works.Remove(work);

    public void Begin(Call call) => _leadingToPost += call.LeadsToPost ? 1 : 0;

    public void End(Call call) => _leadingToPost -= call.LeadsToPost ? 1 : 0;

    /// <summary>Takes in a report; null where the connection breaks off.</summary>
    public Task<int?> TakeAsync(byte[] report)
    {
        var caller = new TaskCompletionSource<int?>();
        _callers.Add(caller);
        After(TimeSpan.Zero, () => _world.Watch(AnswerAsync(report, caller)));
        return caller.Task;
    }

    /// <summary>The process is gone, with all that it was doing.</summary>
    public void Crash()
    {
        if (IsAlive)
        {
            IsAlive = false;
            _works.ForEach(work => work.Interrupt(DateTimeOffset.MaxValue));
            _callers.ForEach(caller => _world.Timeline.After(TimeSpan.FromSeconds(1), () => caller.TrySetResult(null)));
            _world.Fleet.Replace(this);
        }
    }

    /// <summary>The process is to end: it takes no more messages, and gives back what it cannot finish.</summary>
    /// <remarks>Not while it waits to post: a cancelled Task.Delay goes on in another thread, where nothing repeats itself.</remarks>
    public void Stop()
    {
        if (_clock.IsAwaited)
        {
            After(TimeSpan.FromSeconds(1), Stop);
            return;
        }

        _world.Trace?.Add($"{Name} has to stop");
        _stopping.Cancel();
    }

    /// <summary>Waits by the true time.</summary>
    public Task PauseAsync(TimeSpan pause)
    {
        var over = new TaskCompletionSource();
        After(pause, over.SetResult);
        return over.Task;
    }

    /// <summary>The process does nothing for a while, and does not know it.</summary>
    public void StandStill(TimeSpan span)
    {
        if (span > TimeSpan.Zero && IsAlive && MayStandStill)
        {
            _world.Trace?.Add($"{Name} stands still for {span.TotalSeconds} s");
            _standsStillUntil = _world.Timeline.Now + span;
            _works.ForEach(work => work.Interrupt(_standsStillUntil));
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(byte[] report, TaskCompletionSource<int?> caller)
    {
        var work = Begin("report");
        work.Begin();
        var answer = await Get<ReceiveReport>().HandleAsync(new ReportRequest(new MemoryStream(report), "application/json", null), CancellationToken.None);
        End(work);
        _callers.Remove(caller);
        caller.TrySetResult(answer.Status);
    }
}
