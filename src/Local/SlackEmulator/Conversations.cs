using System.Runtime.InteropServices;

namespace Local.SlackEmulator;

/// <summary>The messages of all destinations, and the pace of each. Not thread-safe.</summary>
internal sealed class Conversations(TimeProvider time)
{
    private readonly MessageIds ids = new();
    private readonly KeptMessages kept = new();
    private readonly EditQuota edits = new();
    private readonly Dictionary<string, Traffic> traffic = [];

    public IReadOnlyList<SlackMessage> Messages => kept.ToList();

    public SortedDictionary<string, DestinationStats> Stats =>
        new(traffic.Where(pair => pair.Value.Stats != DestinationStats.None).ToDictionary(pair => pair.Key, pair => pair.Value.Stats));

    public Traffic TrafficOf(Destination destination)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(traffic, destination.Id, out _);
        return known ??= new Traffic(time);
    }

    public PostOutcome Post(Destination destination, SlackPayload payload)
    {
        if (MessageRules.Refuse(payload) is { } error)
        {
            return new PostOutcome.Refused(error);
        }

        var thread = payload.TextOf("thread_ts");
        if (thread is not null && kept.Find(destination, thread) is null)
        {
            return new PostOutcome.Refused(SlackErrors.ThreadNotFound);
        }

        if (TrafficOf(destination).IsTooSoon)
        {
            return new PostOutcome.RateLimited();
        }

        var now = time.GetUtcNow();
        var message = new SlackMessage
        {
            Id = ids.NextId(),
            Destination = destination.Id,
            Channel = destination.Channel,
            Ts = ids.NextTs(now),
            ReceivedAt = now,
            Payload = MessageRules.Cut(payload).Json,
            ThreadTs = thread,
        };
        kept.Add(message);
        return new PostOutcome.Accepted(message);
    }

    public PostOutcome Edit(Destination destination, SlackPayload payload)
    {
        if (payload.TextOf("channel") is not { } channel || !ChannelIds.IsId(channel))
        {
            return new PostOutcome.Refused(SlackErrors.ChannelNotFound);
        }

        if (payload.TextOf("ts") is not { } ts || kept.Find(destination, ts) is not { } old)
        {
            return new PostOutcome.Refused(SlackErrors.MessageNotFound);
        }

        var edit = MessageRules.Edit(old, payload);
        if (MessageRules.RefuseEdit(edit) is { } error)
        {
            return new PostOutcome.Refused(error);
        }

        if (edits.Take(time) is { } wait)
        {
            return new PostOutcome.RateLimited((int)Math.Ceiling(wait.TotalSeconds));
        }

        var message = old with { Payload = edit.Json, Edited = time.GetUtcNow() };
        kept.Replace(message);
        return new PostOutcome.Accepted(message);
    }

    public void Clear()
    {
        kept.Clear();
        foreach (var one in traffic.Values)
        {
            one.ForgetStats();
        }
    }
}
