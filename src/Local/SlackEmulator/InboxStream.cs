using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Local.SlackEmulator;

internal static class InboxStream
{
    /// <summary>News until the reader goes away or the process stops. The first event says that the stream is open.</summary>
    public static async IAsyncEnumerable<SseItem<SlackMessage?>> ReadAsync(
        EmulatedSlack emulator, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted = default)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        var news = emulator.Listen();
        try
        {
            yield return Item(InboxEvent.Ready);

            while (await WaitAsync(news, gone.Token))
            {
                while (news.TryRead(out var one))
                {
                    yield return Item(one);
                }
            }
        }
        finally
        {
            emulator.StopListening(news);
        }
    }

    private static SseItem<SlackMessage?> Item(InboxEvent news) => new(news.Message, news.Kind);

    // Going away is how a stream ends, so it is an answer here and not an exception.
    private static async Task<bool> WaitAsync(ChannelReader<InboxEvent> news, CancellationToken gone)
    {
        try
        {
            return await news.WaitToReadAsync(gone);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return false;
        }
    }
}
