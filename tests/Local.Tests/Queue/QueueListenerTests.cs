using Local.Queue;
using Local.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Relay;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;
using Relay.Storage;

namespace Local.Tests.Queue;

public sealed class QueueListenerTests(AzuriteFixture azurite)
{
    private static readonly QueueSettings _impatient = new(4, 2, TimeSpan.FromMilliseconds(100), TimeSpan.Zero, 3, "base64");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_was_handled_is_gone()
    {
        var queues = await azurite.CreateQueuesAsync();
        await new AzureMessageQueue(queues.Reports).SendAsync(new FlushMessage("default", DateTimeOffset.UnixEpoch), TimeSpan.Zero, Cancellation);

        await ListenUntilAsync(queues, async () => await CountAsync(queues.Reports) == 0);

        Assert.Equal(0, await CountAsync(queues.Poison));
    }

    [Fact]
    public async Task A_message_that_fails_as_often_as_it_may_goes_to_the_poison_queue()
    {
        var queues = await azurite.CreateQueuesAsync();
        await queues.Reports.SendMessageAsync("{\"type\":\"rubbish\"}", Cancellation);

        await ListenUntilAsync(queues, async () => await CountAsync(queues.Poison) == 1);

        Assert.Equal("{\"type\":\"rubbish\"}", (await queues.Poison.PeekMessageAsync(Cancellation)).Value.Body.ToString());
        Assert.Equal(0, await CountAsync(queues.Reports));
    }

    [Fact]
    public async Task A_message_in_another_encoding_goes_there_at_once_and_holds_up_none()
    {
        var queues = await azurite.CreateQueuesAsync();
        var plain = new Azure.Storage.Queues.QueueClient(azurite.ConnectionString, queues.Reports.Name);
        await plain.SendMessageAsync("not base64!", Cancellation);
        await new AzureMessageQueue(queues.Reports).SendAsync(new FlushMessage("default", DateTimeOffset.UnixEpoch), TimeSpan.Zero, Cancellation);

        await ListenUntilAsync(queues, async () => await CountAsync(queues.Reports) == 0);

        Assert.Equal("not base64!", (await queues.Poison.PeekMessageAsync(Cancellation)).Value.Body.ToString());
    }

    [Fact]
    public void The_settings_are_those_that_the_Functions_host_reads()
    {
        var settings = QueueSettings.Read();

        Assert.Equal((5, TimeSpan.FromSeconds(15), "base64"), (settings.MaxDequeueCount, settings.VisibilityTimeout, settings.MessageEncoding));
    }

    private async Task ListenUntilAsync(LocalQueues queues, Func<Task<bool>> isDone)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRelay(new RouteTable([]), new IncidentPolicy())
            .AddStorage(await azurite.CreateContainerAsync(), queues.Reports)
            .AddSingleton<ISlackClient, NoSlack>()
            .AddSingleton<IDestinations, NoDestinations>()
            .BuildServiceProvider();
        using var listener = new QueueListener(queues.ForReports(services.GetRequiredService<HandleMessage>()), _impatient, NullLogger<QueueListener>.Instance);
        await listener.StartAsync(Cancellation);

        while (!await isDone())
        {
            await Task.Delay(50, Cancellation);
        }

        await listener.StopAsync(Cancellation);
    }

    private static async Task<int> CountAsync(Azure.Storage.Queues.QueueClient queue) =>
        (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;

    private sealed class NoSlack : ISlackClient
    {
        public Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation) =>
            throw new InvalidOperationException("Nothing was to be posted.");
    }

    private sealed class NoDestinations : IDestinations
    {
        public Task<Destination?> FindAsync(Relay.Routes.Route route, bool fresh, CancellationToken cancellation) => Task.FromResult<Destination?>(null);
    }
}
