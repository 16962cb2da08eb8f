using System.Threading.Channels;

namespace Local.SlackEmulator;

/// <summary>A Slack in memory: its rules for messages, the messages it took, and faults on demand. Thread-safe; it knows no HTTP.</summary>
public sealed class EmulatedSlack(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Conversations conversations = new(time);
    private readonly FaultPlan faults = new();
    private readonly InboxListeners listeners = new();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SlackMessage> Messages => Locked(() => conversations.Messages);

    /// <summary>By the destination's id.</summary>
    public IReadOnlyDictionary<string, DestinationStats> Stats => Locked(() => conversations.Stats);

    public FaultState Faults => Locked(() => faults.State);

    public SlackReply PostToWebhook(WebhookAddress address, string body) =>
        Answer(SlackCall.FromWebhook(address, body), conversations.Post, WebhookReplies.For);

    public SlackReply PostMessage(string? token, string body) =>
        Answer(SlackCall.FromWebApi(token, body), conversations.Post, WebApiReplies.For);

    public SlackReply UpdateMessage(string? token, string body) =>
        Answer(SlackCall.FromWebApi(token, body), conversations.Edit, WebApiReplies.For);

    /// <summary>Forgets the messages and the statistics. The pace and the fault stay.</summary>
    public void Clear() => Change(conversations.Clear, InboxEvent.Cleared);

    public void SetFault(Fault fault) => Change(() => faults.Set(fault), InboxEvent.Activity);

    public void ClearFault() => Change(faults.Clear, InboxEvent.Activity);

    /// <summary>Everything that happens from now on, until <see cref="StopListening"/>.</summary>
    public ChannelReader<InboxEvent> Listen() => listeners.Add();

    public void StopListening(ChannelReader<InboxEvent> reader) => listeners.Remove(reader);

    private SlackReply Answer(
        SlackCall call, Func<Destination, SlackPayload, PostOutcome> carryOut, Func<PostOutcome, SlackReply> words)
    {
        if (call.Destination is not { } destination)
        {
            return words(Refused(call));
        }

        lock (gate)
        {
            var fault = faults.Next(destination);
            var traffic = conversations.TrafficOf(destination);
            traffic.Arrived();
            var outcome = Lost(fault) ?? (call.Payload is { } payload ? carryOut(destination, payload) : Refused(call));
            traffic.Count(outcome);

            listeners.Tell(InboxEvent.Activity);
            if (outcome is PostOutcome.Accepted accepted)
            {
                listeners.Tell(InboxEvent.Of(accepted.Message));
            }

            return FaultReplies.For(fault, outcome, words(outcome));
        }
    }

    private static PostOutcome? Lost(Fault? fault) => fault switch
    {
        null or { Accepted: true } => null,
        { Status: 429 } => new PostOutcome.RateLimited(),
        _ => new PostOutcome.Refused(SlackErrors.InternalError),
    };

    private static PostOutcome.Refused Refused(SlackCall call) => new(call.Error ?? SlackErrors.InternalError);

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    private void Change(Action change, InboxEvent news)
    {
        lock (gate)
        {
            change();
            listeners.Tell(news);
        }
    }
}
