using Relay.Storage;

namespace Relay.Tests.Storage;

/// <summary>A queue that keeps its messages, each with the time from which it may be received.</summary>
public sealed class InMemoryQueue(TimeProvider time) : IMessageQueue
{
    private readonly List<(DateTimeOffset Visible, string Json)> _messages = [];

    public bool IsAway { get; set; }

    public IReadOnlyList<RelayMessage> Messages => [.. _messages.OrderBy(one => one.Visible).Select(one => RelayMessage.Parse(one.Json))];

    /// <summary>When the first message may be received; null for an empty queue.</summary>
    public DateTimeOffset? Next => _messages.Count == 0 ? null : _messages.Min(one => one.Visible);

    public Task SendAsync(RelayMessage message, TimeSpan delay, CancellationToken cancellation)
    {
        if (IsAway)
        {
            throw new StorageUnavailableException("take a message", new IOException("Connection refused"));
        }

        _messages.Add((time.GetUtcNow() + delay, message.ToJson()));
        return Task.CompletedTask;
    }

    /// <summary>Takes the message out that has been visible for longest; null if none is visible.</summary>
    public string? Receive()
    {
        var index = _messages.FindIndex(one => one.Visible == Next);
        if (index < 0 || _messages[index].Visible > time.GetUtcNow())
        {
            return null;
        }

        var json = _messages[index].Json;
        _messages.RemoveAt(index);
        return json;
    }
}
