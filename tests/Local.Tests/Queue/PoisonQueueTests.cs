using Azure.Storage.Queues;
using Local.Queue;
using Local.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Relay;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;
using Relay.Storage;

namespace Local.Tests.Queue;

/// <summary>Both listeners, as the local relay registers them.</summary>
public sealed class PoisonQueueTests(AzuriteFixture azurite)
{
    private static readonly QueueSettings _impatient = new(4, 2, TimeSpan.FromMilliseconds(100), TimeSpan.Zero, 3, "base64");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_fails_as_often_as_it_may_is_parked_and_told()
    {
        var queues = await azurite.CreateQueuesAsync();
        var state = await azurite.CreateContainerAsync();
        var slack = new WaitingSlack();
        await queues.Reports.SendMessageAsync("{\"type\":\"rubbish\"}", Cancellation);

        await using var services = await StartAsync(queues, new AzureBlobStore(state), slack);
        var message = await slack.Posted.Task.WaitAsync(Cancellation);
        await EmptyAsync(queues);
        await StopAsync(services);

        Assert.Equal("Handle a report failed on slack-relay", Assert.Single(message.Attachments).Title);
        var parked = Assert.Single(await new AzureBlobStore(state).ListAsync("parked/", Cancellation));
        Assert.Equal("{\"type\":\"rubbish\"}", (await new AzureBlobStore(state).ReadAsync(parked.Name, Cancellation))?.Content);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_in_another_encoding_is_parked_from_either_queue(bool isPoison)
    {
        var queues = await azurite.CreateQueuesAsync();
        var slack = new WaitingSlack();
        await new QueueClient(azurite.ConnectionString, (isPoison ? queues.Poison : queues.Reports).Name).SendMessageAsync("not base64!", Cancellation);

        var state = new AzureBlobStore(await azurite.CreateContainerAsync());
        await using var services = await StartAsync(queues, state, slack);
        await slack.Posted.Task.WaitAsync(Cancellation);
        await StopAsync(services);

        var parked = Assert.Single(await state.ListAsync("parked/", Cancellation));
        Assert.Equal("not base64!", (await state.ReadAsync(parked.Name, Cancellation))?.Content);
    }

    [Fact]
    public async Task What_cannot_be_parked_stays_until_it_can_however_often_that_fails()
    {
        var queues = await azurite.CreateQueuesAsync();
        var tries = 0;
        var parked = new TaskCompletionSource();
        using var listener = new QueueListener(
            new QueueWork(queues.Poison, null, (_, _) => HandleAsync()),
            _impatient,
            LoggerFactory.Create(_ => { }).CreateLogger<QueueListener>());
        await queues.Poison.SendMessageAsync("rubbish", Cancellation);

        await listener.StartAsync(Cancellation);
        await parked.Task.WaitAsync(Cancellation);
        await listener.StopAsync(Cancellation);

        Assert.Equal(0, await CountAsync(queues.Poison));

        Task HandleAsync()
        {
            if (++tries <= 2 * _impatient.MaxDequeueCount)
            {
                throw new StorageUnavailableException("answer", new IOException("Connection refused"));
            }

            parked.TrySetResult();
            return Task.CompletedTask;
        }
    }

    private static async Task<ServiceProvider> StartAsync(LocalQueues queues, IBlobStore state, ISlackClient slack)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddRelay(new RouteTable([]), new IncidentPolicy())
            .AddSingleton(state)
            .AddSingleton<IMessageQueue>(new AzureMessageQueue(queues.Reports))
            .AddSingleton(slack)
            .AddSingleton<IDestinations, OneDestination>()
            .AddQueues(queues, _impatient)
            .BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(Cancellation);
        }

        return services;
    }

    private static Task StopAsync(ServiceProvider services) =>
        Task.WhenAll(services.GetServices<IHostedService>().Select(service => service.StopAsync(Cancellation)));

    private static async Task EmptyAsync(LocalQueues queues)
    {
        while (await CountAsync(queues.Reports) + await CountAsync(queues.Poison) > 0)
        {
            await Task.Delay(50, Cancellation);
        }
    }

    private static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;

    private sealed class WaitingSlack : ISlackClient
    {
        public TaskCompletionSource<SlackMessage> Posted { get; } = new();

        public Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation)
        {
            Posted.TrySetResult(message);
            return Task.FromResult(new SlackReply(200, "ok"));
        }
    }

    private sealed class OneDestination : IDestinations
    {
        public Task<Destination?> FindAsync(Relay.Routes.Route route, bool fresh, CancellationToken cancellation) =>
            Task.FromResult(Destination.TryParse("https://hooks.slack.com/services/one", null, AllowedHosts.Slack, out var one, out _) ? one : null);
    }
}
