using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;

namespace Relay.Tests.Slack;

/// <summary>A notification whose every text is hostile.</summary>
internal static class HostileNotification
{
    private static readonly NotificationKind[] Kinds = [NotificationKind.Announce, NotificationKind.Return, NotificationKind.Update, NotificationKind.Remind, NotificationKind.Resolve];

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
            Project = Text(),
            Playbook = Text(),
            Inventory = random.Next(2) == 0 ? Text() : "prod.ini",
            Mode = random.Next(9) switch { 0 => RunModes.Test, 1 => RunModes.Relay, _ => RunModes.Push },
            Tags = [Text()],
            ExtraVariables = random.Next(2) == 0 ? null : [Text()],
            HostCount = random.Next(40),
            CallbackVersion = Text(),
            AnsibleVersion = Text(),
            CheckMode = random.Next(2) == 0,
            User = Text(),
            Revision = Text(),
            Link = random.Next(2) == 0 ? Text() : "https://example.com/" + Text(),
            Labels = Enumerable.Range(0, random.Next(20)).ToDictionary(number => number == 0 ? "env" : number + Text(), _ => Text()),
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
            WrittenTask = random.Next(2) == 0 ? null : Text(),
            Handler = random.Next(2) == 0,
            Cause = random.Next(2) == 0 ? null : Text(),
            CauseKey = "0123456789abcdef",
            Role = Text(),
            Action = Text(),
            Path = Text(),
            Attempts = random.Next(3),
            Message = random.Next(4) == 0 ? null : Text(),
            ReturnCode = random.Next(2) == 0 ? null : random.Next(),
            Stdout = random.Next(2) == 0 ? null : Text(),
            Stderr = random.Next(2) == 0 ? null : Text(),
            Items = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, random.Next(9)).Select(_ => new FailedItem(Text(), Text()))],
            ItemCount = random.Next(12),
            Details = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["cmd"] = Text() }),
        };
        var notification = Notifications.Of(Kinds[random.Next(5)], seen, hosts, random.Next(2) == 0 ? null : hosts.Select(host => host.Host).Take(3), run);
        return notification with { Incident = notification.Incident with { Evidence = notification.Incident.Evidence with { Channel = Text() } } };

        string Text() => text(random);

        HostRecord Host() => Record(random.Next(3) == 0 ? Notifications.Failing(Text(), Text()) : Notifications.Failing(Text(), random.Next(60)));

        HostRecord Record(HostRecord host) => random.Next(3) == 0 ? Notifications.Recovered(host) : host;
    }
}
