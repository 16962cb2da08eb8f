using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Relay.Storage;
using Relay.Text;

namespace Local.Queue;

/// <summary>Receives a queue's messages as the Functions host does: in batches, again after a failure, and at last into the poison queue.</summary>
public sealed partial class QueueListener(QueueWork work, QueueSettings settings, ILogger<QueueListener> logger) : BackgroundService
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var working = new List<Task>();
        var pause = _shortestPause;

        while (!stoppingToken.IsCancellationRequested)
        {
            var received = await ReceiveAsync(stoppingToken);
            working.AddRange(received.Select(message => HandleAsync(message, stoppingToken)));
            pause = received.Length > 0 ? _shortestPause : Shorter(pause * 2, settings.MaxPollingInterval);

            do
            {
                await Task.WhenAny([Task.Delay(pause, stoppingToken), .. working]);
                working.RemoveAll(task => task.IsCompleted);
            }
            while (working.Count > settings.NewBatchThreshold && !stoppingToken.IsCancellationRequested);
        }

        await Task.WhenAll(working);
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            return await work.Messages.ReceiveMessagesAsync(settings.BatchSize, settings.Redelivery, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            LogNoAnswer(logger, FirstLine.Of(e.GetBaseException()));
            return [];
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken stopping)
    {
        try
        {
            await work.HandleAsync(message.Body.ToString(), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await GiveBackAsync(message, TimeSpan.Zero);
            return;
        }
        catch (StorageUnavailableException e)
        {
            LogNoAnswer(logger, e.Message);
            await GiveUpOrBackAsync(message);
            return;
        }
        catch (Exception e)
        {
            LogFailed(logger, e, message.DequeueCount);
            await GiveUpOrBackAsync(message);
            return;
        }

        await DeleteAsync(message);
    }

    private Task GiveUpOrBackAsync(QueueMessage message) => work.Poison is { } poison && message.DequeueCount >= settings.MaxDequeueCount
        ? MoveAsync(message, poison)
        : GiveBackAsync(message, settings.VisibilityTimeout);

    /// <summary>Where storage is away, the message comes back by itself when its time out of sight has passed.</summary>
    private async Task GiveBackAsync(QueueMessage message, TimeSpan invisible)
    {
        try
        {
            await work.Messages.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: invisible);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            LogNoAnswer(logger, FirstLine.Of(e.GetBaseException()));
        }
    }

    private async Task MoveAsync(QueueMessage message, QueueClient poison)
    {
        try
        {
            await poison.SendMessageAsync(message.Body, timeToLive: AzureMessageQueue.Forever);
            LogPoison(logger, message.DequeueCount, poison.Name);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            LogNoAnswer(logger, FirstLine.Of(e.GetBaseException()));
            return;
        }

        await DeleteAsync(message);
    }

    /// <summary>What was handled is no failure, even if it cannot be deleted: then it comes again, and to handle it twice does no harm.</summary>
    private async Task DeleteAsync(QueueMessage message)
    {
        try
        {
            await work.Messages.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.MessageNotFound)
        {
            // It is gone: the answer to a first attempt was too slow, and the client library has asked once more.
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            LogNoAnswer(logger, FirstLine.Of(e.GetBaseException()));
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(LogLevel.Warning, "Message failed. Attempt: {Attempt}")]
    private static partial void LogFailed(ILogger logger, Exception exception, long attempt);

    [LoggerMessage(LogLevel.Error, "Message moved to the poison queue. Attempts: {Attempts}, Queue: {Queue}")]
    private static partial void LogPoison(ILogger logger, long attempts, string queue);

    [LoggerMessage(LogLevel.Warning, "Storage does not answer. Reason: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string reason);
}
