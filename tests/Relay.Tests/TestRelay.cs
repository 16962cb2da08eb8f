using Microsoft.Extensions.DependencyInjection;
using Relay.Incidents;
using Relay.Messages;
using Relay.Reports;
using Relay.Routes;
using Relay.Slack;
using Relay.Storage;
using Relay.Tests.Delivery;
using Relay.Tests.Storage;

namespace Relay.Tests;

/// <summary>The whole relay as the heads compose it, on storage in memory and with a Slack that records.</summary>
public sealed class TestRelay
{
    private readonly ServiceProvider _services;

    public TestRelay(params Route[] routes)
        : this(new JumpingTime(), null, null, routes)
    {
    }

    private TestRelay(JumpingTime time, InMemoryBlobStore? blobs, InMemoryQueue? queue, Route[] routes)
    {
        Time = time;
        Blobs = blobs ?? new InMemoryBlobStore(Time);
        Queue = queue ?? new InMemoryQueue(Time);
        Slack = new RecordingSlack(Time);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddRelay(new RouteTable(routes), Policy)
            .AddSingleton<IBlobStore>(Blobs)
            .AddSingleton<IMessageQueue>(Queue)
            .AddSingleton<ISlackClient>(Slack)
            .AddSingleton<IDestinations>(Destinations)
            .AddLogging(Log.AddTo)
            .BuildServiceProvider();
    }

    public static IncidentPolicy Policy { get; } = new();

    public JumpingTime Time { get; }

    public InMemoryBlobStore Blobs { get; }

    public InMemoryQueue Queue { get; }

    public RecordingSlack Slack { get; }

    public FixedDestinations Destinations { get; } = new();

    public RecordingLog Log { get; } = new();

    /// <summary>The relay after a restart with other routes.</summary>
    public TestRelay WithRoutes(params Route[] routes) => new(Time, Blobs, Queue, routes);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task ReceiveAsync(params Event[] events) => ReceiveAsync(null, events);

    /// <summary>Puts the events into the queue as a report that came in now does.</summary>
    public async Task ReceiveAsync(string? channel, params Event[] events)
    {
        foreach (var message in ReportPacker.Pack(new Report(channel, A.Run(), events), Time.GetUtcNow()))
        {
            await Queue.SendAsync(message.ToJson(), TimeSpan.Zero, CancellationToken.None);
        }
    }

    /// <summary>Handles every message that is visible until <paramref name="span"/> has passed, jumping from one to the next.</summary>
    public async Task RunForAsync(TimeSpan span)
    {
        var end = Time.GetUtcNow() + span;
        while (Queue.Next is { } next && next <= end)
        {
            Time.AdvanceTo(next);
            await HandleNextAsync();
        }

        Time.AdvanceTo(end);
    }

    public async Task HandleNextAsync()
    {
        if (Queue.Receive() is { } message)
        {
            await Get<HandleMessage>().HandleAsync(message, CancellationToken.None);
        }
    }

    /// <summary>Slack knows all news: what is left is a flush now and then, for the incidents that go on.</summary>
    public void AssertIdle()
    {
        Assert.DoesNotContain(Blobs.Blobs, blob => blob.Name.StartsWith("outbox/", StringComparison.Ordinal) && blob.Metadata.ContainsKey("since"));
        Assert.All(Queue.Messages, message => Assert.True(message is FlushMessage flush && flush.Due > Time.GetUtcNow(), $"{message}"));
    }
}
