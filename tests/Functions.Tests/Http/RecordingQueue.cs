using Microsoft.Extensions.DependencyInjection;
using Relay;
using Relay.Messages;
using Relay.Storage;

namespace Functions.Tests.Http;

/// <summary>Remembers what was sent, or cannot be reached.</summary>
internal sealed class RecordingQueue : IMessageQueue
{
    public List<RelayMessage> Messages { get; } = [];

    public bool Away { get; init; }

    /// <summary>What receives reports for this queue.</summary>
    public ReceiveReport UseCase() => Services().GetRequiredService<ReceiveReport>();

    /// <summary>The app with this queue.</summary>
    public IServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddFunctionsRelay(FunctionsOptionsTests.Read(false, []))
        .AddSingleton<IMessageQueue>(this)
        .BuildServiceProvider();

    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation)
    {
        if (Away)
        {
            throw new StorageUnavailableException("take a message", new TimeoutException("too slow"));
        }

        Messages.Add(RelayMessage.Parse(message));
        return Task.CompletedTask;
    }
}
