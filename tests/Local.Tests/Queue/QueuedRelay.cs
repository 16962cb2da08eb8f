using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Local.Queue;
using Local.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Relay;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;
using Relay.Storage;
using Relay.Tests.Delivery;

namespace Local.Tests.Queue;

/// <summary>A relay on queues and a container of its own, which receives nothing before it is told to.</summary>
internal sealed class QueuedRelay : IAsyncDisposable
{
    /// <summary>Tries three times, without a pause.</summary>
    public static readonly QueueSettings Impatient = new(4, 2, TimeSpan.FromMilliseconds(100), TimeSpan.Zero, 3, "base64");

    private readonly string _account;
    private readonly ServiceProvider _services;

    private QueuedRelay(string account, LocalQueues queues, BlobContainerClient state)
    {
        _account = account;
        Queues = queues;
        _services = new ServiceCollection()
            .AddLogging()
            .AddRelay(new RouteTable([]), new IncidentPolicy())
            .AddStorage(state, queues.Reports)
            .AddQueues(queues, Impatient)
            .AddSingleton<ISlackClient>(Slack)
            .AddSingleton<IDestinations, FixedDestinations>()
            .BuildServiceProvider();
    }

    public LocalQueues Queues { get; }

    public WaitingSlack Slack { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<QueuedRelay> CreateAsync(AzuriteFixture azurite) =>
        new(azurite.ConnectionString, await azurite.CreateQueuesAsync(), await azurite.CreateContainerAsync());

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Puts the text into the queue as it is, not encoded as <c>host.json</c> says.</summary>
    public Task SendPlainAsync(QueueClient queue, string text) => new QueueClient(_account, queue.Name).SendMessageAsync(text, Cancellation);

    /// <summary>Starts all that the local relay registers for its queues.</summary>
    public Task StartAsync() => Task.WhenAll(_services.GetServices<IHostedService>().Select(service => service.StartAsync(Cancellation)));

    public Task StopAsync() => Task.WhenAll(_services.GetServices<IHostedService>().Select(service => service.StopAsync(Cancellation)));

    /// <summary>Does this work, and no other, until the queues hold that many messages; what was begun then is done when this returns.</summary>
    public Task WorkUntilAsync(QueueWork work, Func<(int Reports, int Poison), bool> isReached) =>
        WorkUntilAsync(work, Impatient, NullLogger<QueueListener>.Instance, isReached);

    public async Task WorkUntilAsync(
        QueueWork work, QueueSettings settings, ILogger<QueueListener> logger, Func<(int Reports, int Poison), bool> isReached)
    {
        using var listener = new QueueListener(work, settings, logger);
        await listener.StartAsync(Cancellation);
        await WaitUntilAsync(isReached);
        await listener.StopAsync(Cancellation);
    }

    public async Task WaitUntilAsync(Func<(int Reports, int Poison), bool> isReached)
    {
        while (!isReached(await CountAsync()))
        {
            await Task.Delay(50, Cancellation);
        }
    }

    /// <summary>How many messages each queue holds, also those out of sight.</summary>
    public async Task<(int Reports, int Poison)> CountAsync() => (await CountAsync(Queues.Reports), await CountAsync(Queues.Poison));

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;
}
