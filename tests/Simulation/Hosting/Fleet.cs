using Functions.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Relay;
using Relay.Storage;
using Simulation.Faults;

namespace Simulation.Hosting;

/// <summary>The instances of the relay, each replaced when it dies.</summary>
internal sealed class Fleet(World world, SeededRandom random) : IDisposable
{
    private readonly List<Instance> _ever = [];
    private readonly int _size = 1 + random.Below(3);
    private readonly bool _clocksDiffer = random.Chance(0.5) && !world.IsCalm;
    private readonly bool _resumesByItself = random.Chance(0.5);

    /// <summary>Whether nothing is being done anywhere.</summary>
    public bool IsIdle => Alive.All(instance => instance.IsIdle);

    /// <summary>Whether routes are looked through though no message comes, as in the local relay; in Azure only a message wakes the relay.</summary>
    public bool ResumesByItself => _resumesByItself;

    private IEnumerable<Instance> Alive => _ever.Where(instance => instance.IsAlive);

    public void Start()
    {
        for (var n = 0; n < _size; n++)
        {
            Add();
        }
    }

    /// <summary>In some seeds a new version comes.</summary>
    public void Disturb()
    {
        if (random.Chance(0.3))
        {
            world.Timeline.After(random.Seconds(5, 300), Deploy);
        }
    }

    public void Replace(Instance dead)
    {
        world.Trace?.Add($"{dead.Name} is dead");
        world.Timeline.After(random.Milliseconds(500, 30_000), Add);
    }

    /// <summary>Posts a report to one of the instances; null where there is none, or the connection breaks off.</summary>
    public Task<int?> PostAsync(byte[] report) =>
        Alive.Where(instance => !instance.Stopping.IsCancellationRequested).ToList() is { Count: > 0 } up
            ? random.Pick(up).TakeAsync(report)
            : Task.FromResult<int?>(null);

    public void Dispose() => _ever.ForEach(instance => instance.Dispose());

    private void Add()
    {
        var instance = new Instance($"i{_ever.Count + 1}", _clocksDiffer ? random.Milliseconds(-700, 700) : TimeSpan.Zero, world);
        _ever.Add(instance);
        world.Trace?.Add($"{instance.Name} starts");

        var resumer = new RouteResumer(instance.Get<ResumeRoutes>(), instance.Clock, NullLogger<RouteResumer>.Instance);
        var handle = instance.Get<HandleMessage>();
        new QueueTrigger(instance, world, world.Queue, new QueueWork("message", true, async (message, stopping) =>
        {
            await handle.HandleAsync(message, stopping);
            await (_resumesByItself ? Task.CompletedTask : resumer.ResumeIfDueAsync(stopping));
        })).Start();
        new QueueTrigger(instance, world, world.Poison, new QueueWork("poison", false, instance.Get<ParkPoison>().HandleAsync)).Start();

        if (_resumesByItself)
        {
            instance.After(TimeSpan.Zero, () => world.Watch(ResumeAsync(instance)));
        }
    }

    /// <summary>As the local relay does it.</summary>
    private static async Task ResumeAsync(Instance instance)
    {
        while (!instance.Stopping.IsCancellationRequested)
        {
            try
            {
                await instance.Get<ResumeRoutes>().HandleAsync(CancellationToken.None);
            }
            catch (StorageUnavailableException)
            {
                // The next time may be better.
            }

            await instance.PauseAsync(ResumeRoutes.Interval);
        }
    }

    /// <summary>A new version: every instance is stopped, and others take over.</summary>
    private void Deploy()
    {
        foreach (var instance in Alive.ToList())
        {
            instance.Stop();
            world.Timeline.After(random.Seconds(0, 40), instance.Crash);
        }
    }
}
