using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;

namespace Relay.Tests.Slack;

/// <summary>A notification whose every text is hostile.</summary>
internal static class HostileNotification
{
    private static readonly NotificationKind[] Kinds = [NotificationKind.Announce, NotificationKind.Update, NotificationKind.Remind, NotificationKind.Resolve];

    public static Notification Of(int seed) => Of(new Random(seed), random => HostileText.Of(random.Next(), pieces: 40));

    /// <summary>One whose every text is the same.</summary>
    public static Notification Of(int seed, string text) => Of(new Random(seed), _ => text);

    private static Notification Of(Random random, Func<Random, string> text)
    {
        var hosts = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Host()).ToList();
        var run = new Run
        {
            Id = Text(),
            Source = Text(),
            Playbook = Text(),
            AnsibleVersion = Text(),
            CheckMode = random.Next(2) == 0,
            User = Text(),
            Revision = Text(),
            Link = random.Next(2) == 0 ? Text() : "https://example.com/" + Text(),
            Labels = Enumerable.Range(0, random.Next(20)).ToDictionary(number => number + Text(), _ => Text()),
        };
        var seen = new Event
        {
            Id = Text(),
            Kind = random.Next(3) == 0 ? EventKind.Unreachable : EventKind.Failed,
            At = Notifications.Began,
            Host = Text(),
            DelegatedTo = Text(),
            Play = Text(),
            Task = Text(),
            Role = Text(),
            Action = Text(),
            Path = Text(),
            Attempts = random.Next(3),
            Message = random.Next(4) == 0 ? null : Text(),
            ReturnCode = random.Next(2) == 0 ? null : random.Next(),
            Stdout = random.Next(2) == 0 ? null : Text(),
            Stderr = random.Next(2) == 0 ? null : Text(),
            Items = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, random.Next(9)).Select(_ => new FailedItem(Text(), Text()))],
            Details = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["out"] = Text() }),
        };
        return Notifications.Of(Kinds[random.Next(4)], seen, hosts, random.Next(2) == 0 ? null : hosts.Select(host => host.Host).Take(3), run);

        string Text() => text(random);

        HostRecord Host() => random.Next(3) == 0 ? Notifications.Recovered(Notifications.Failing(Text())) : Notifications.Failing(Text(), random.Next(60));
    }
}
