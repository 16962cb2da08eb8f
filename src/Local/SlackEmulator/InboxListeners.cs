using System.Threading.Channels;

namespace Local.SlackEmulator;

/// <summary>Everybody who watches the inbox. A listener that does not keep up loses the oldest news and slows nobody.</summary>
internal sealed class InboxListeners
{
    private readonly Lock gate = new();
    private readonly List<Channel<InboxEvent>> listeners = [];

    public ChannelReader<InboxEvent> Add()
    {
        var listener = Channel.CreateBounded<InboxEvent>(
            new BoundedChannelOptions(KeptMessages.Most) { FullMode = BoundedChannelFullMode.DropOldest });

        lock (gate)
        {
            listeners.Add(listener);
        }

        return listener.Reader;
    }

    public void Remove(ChannelReader<InboxEvent> reader)
    {
        lock (gate)
        {
            listeners.RemoveAll(listener => listener.Reader == reader);
        }
    }

    public void Tell(InboxEvent news)
    {
        lock (gate)
        {
            foreach (var listener in listeners)
            {
                listener.Writer.TryWrite(news);
            }
        }
    }
}
