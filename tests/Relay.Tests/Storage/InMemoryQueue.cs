using Relay.Messages;
using Relay.Storage;

namespace Relay.Tests.Storage;

/// <summary>A queue with the rules of the service: what was received is out of sight for a while, and comes back unless it is deleted.</summary>
public sealed class InMemoryQueue(TimeProvider time) : IMessageQueue
{
    private readonly List<(DateTimeOffset Visible, QueuedMessage Message)> _messages = [];
    private int _numbers;

    /// <summary>Some message may be received from this time on.</summary>
    public event Action<DateTimeOffset>? Appears;

    public bool IsAway { get; set; }

    public IReadOnlyList<RelayMessage> Messages => [.. _messages.OrderBy(one => one.Visible).Select(one => RelayMessage.Parse(one.Message.Json))];

    /// <summary>Every message, also those out of sight.</summary>
    public IEnumerable<QueuedMessage> All => _messages.Select(one => one.Message);

    /// <summary>When the first message may be received; null for an empty queue.</summary>
    public DateTimeOffset? Next => _messages.Count == 0 ? null : _messages.Min(one => one.Visible);

    /// <summary>When each of the messages may be received.</summary>
    public IReadOnlyList<DateTimeOffset> Times => [.. _messages.Select(one => one.Visible)];

    /// <summary>The numbers of those that may be received now.</summary>
    public IReadOnlyList<int> Visible => [.. _messages.Where(one => one.Visible <= time.GetUtcNow()).Select(one => one.Message.Number)];

    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation)
    {
        if (IsAway)
        {
            throw new StorageUnavailableException("take a message", new IOException("Connection refused"));
        }

        Put(message, delay);
        return Task.CompletedTask;
    }

    /// <summary>Puts any text into the queue.</summary>
    public void Put(string json, TimeSpan delay)
    {
        _messages.Add((default, new QueuedMessage(++_numbers, json, 0, 0)));
        HideAt(_messages.Count - 1, delay);
    }

    /// <summary>Receives one message, which is then out of sight.</summary>
    public QueuedMessage Receive(int number, TimeSpan invisible)
    {
        var index = _messages.FindIndex(one => one.Message.Number == number);
        var message = _messages[index].Message;
        var received = message with { DequeueCount = message.DequeueCount + 1, Receipt = message.Receipt + 1 };
        _messages[index] = (default, received);
        HideAt(index, invisible);
        return received;
    }

    /// <summary>Hides a message for so long from now; false where somebody else has received or deleted it since.</summary>
    public bool Hide(QueuedMessage received, TimeSpan invisible)
    {
        var index = IndexOf(received);
        if (index >= 0)
        {
            HideAt(index, invisible);
        }

        return index >= 0;
    }

    /// <summary>Deletes a message; false where somebody else has received or deleted it since.</summary>
    public bool Delete(QueuedMessage received)
    {
        var index = IndexOf(received);
        if (index >= 0)
        {
            _messages.RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Takes the message out that has been visible for longest; null if none is visible.</summary>
    public string? Receive()
    {
        var index = _messages.FindIndex(one => one.Visible == Next);
        if (index < 0 || _messages[index].Visible > time.GetUtcNow())
        {
            return null;
        }

        var json = _messages[index].Message.Json;
        _messages.RemoveAt(index);
        return json;
    }

    private int IndexOf(QueuedMessage received) =>
        _messages.FindIndex(one => one.Message.Number == received.Number && one.Message.Receipt == received.Receipt);

    private void HideAt(int index, TimeSpan invisible)
    {
        var visible = time.GetUtcNow() + invisible;
        _messages[index] = (visible, _messages[index].Message);
        Appears?.Invoke(visible);
    }
}
