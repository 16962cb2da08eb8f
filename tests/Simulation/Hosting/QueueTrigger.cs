using System.Text.Json;
using Local.Queue;
using Relay.Storage;
using Relay.Tests.Storage;

namespace Simulation.Hosting;

/// <summary>How the Functions host hands a queue's messages to an instance: in batches, again after a failure, and at last to the poison queue.</summary>
/// <remarks>Where an instance dies, its messages come back when their time out of sight is over, which no setting changes.</remarks>
internal sealed class QueueTrigger(Instance instance, World world, InMemoryQueue queue, QueueWork work)
{
    private static readonly TimeSpan _invisible = TimeSpan.FromMinutes(10);
    private static readonly QueueSettings _settings = QueueSettings.Read();

    private int _working;
    private bool _receiving;

    public void Start()
    {
        queue.Appears += visible => PollAt(visible);
        foreach (var visible in queue.Times)
        {
            PollAt(visible);
        }
    }

    private void PollAt(DateTimeOffset visible)
    {
        if (instance.IsAlive)
        {
            var pause = world.Random.Between(TimeSpan.Zero, world.Random.Chance(0.7) ? TimeSpan.FromMilliseconds(100) : _settings.MaxPollingInterval);
            instance.After(visible - world.Timeline.Now + pause, Poll);
        }
    }

    private void Poll()
    {
        if (!_receiving && _working <= _settings.NewBatchThreshold && !instance.Stopping.IsCancellationRequested && queue.Visible.Count > 0)
        {
            world.Watch(ReceiveAsync());
        }
    }

    private async Task ReceiveAsync()
    {
        _receiving = true;
        var received = await TryAsync("receive", () => (IReadOnlyList<QueuedMessage>)
        [
            .. world.Random.Shuffled(queue.Visible).Take(_settings.BatchSize).Select(number => queue.Receive(number, world.Injector.HidesFor(_invisible))),
        ]);
        _receiving = false;

        foreach (var message in received ?? [])
        {
            _working++;
            world.Watch(HandleAsync(message));
        }

        PollAt(world.Timeline.Now);
    }

    private async Task HandleAsync(QueuedMessage message)
    {
        var begun = instance.Begin($"{work.Name} {message.Number}");
        begun.Begin();
        world.Trace?.Add(begun, message);

        if (work.IsLimited && message.DequeueCount > _settings.MaxDequeueCount)
        {
            await MoveAsync(message);
        }
        else if (await IsHandledAsync(message) is { } handled)
        {
            await (handled ? DeleteAsync(message)
                : work.IsLimited && message.DequeueCount >= _settings.MaxDequeueCount ? MoveAsync(message)
                : HideAsync(message, _settings.VisibilityTimeout));
        }
        else
        {
            await HideAsync(message, TimeSpan.Zero);
        }

        instance.End(begun);
        world.History.Ended(begun, world.Blobs);
        _working--;
        PollAt(world.Timeline.Now);
    }

    /// <summary>Whether it was handled; null where the instance is being stopped.</summary>
    private async Task<bool?> IsHandledAsync(QueuedMessage message)
    {
        try
        {
            await work.HandleAsync(message.Json, instance.Stopping);
            return true;
        }
        catch (OperationCanceledException) when (instance.Stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is StorageUnavailableException or JsonException)
        {
            return false;
        }
    }

    private async Task MoveAsync(QueuedMessage message)
    {
        if (await TryAsync("move", () =>
            {
                world.History.Moved(message);
                return instance.Surroundings.ToPoison(message.Json);
            }))
        {
            await DeleteAsync(message);
        }
    }

    private Task<bool> DeleteAsync(QueuedMessage message) => TryAsync("delete", () => queue.Delete(message));

    private Task<bool> HideAsync(QueuedMessage message, TimeSpan invisible) => TryAsync("hide", () => queue.Hide(message, invisible));

    /// <summary>What the host does itself; where storage does not answer, the message comes back by itself.</summary>
    private async Task<T?> TryAsync<T>(string verb, Func<T> effect)
    {
        try
        {
            return await instance.Calls.MakeAsync(
                new Call(CallKind.Queue, verb, work.Name),
                () => Task.FromResult(effect()),
                () => throw new StorageUnavailableException(verb, new IOException("No answer.")),
                CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            return default;
        }
    }
}
