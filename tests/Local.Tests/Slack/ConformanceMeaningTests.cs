using Relay.Slack;

namespace Local.Tests.Slack;

public sealed class ConformanceMeaningTests
{
    public static MatrixTheoryData<string, string> Replies => new([.. ConformancePosts.Names], [.. ConformanceReplies.Names]);

    [Theory]
    [MemberData(nameof(Replies))]
    public void What_came_means_one_thing(string post, string name)
    {
        var message = ConformancePosts.Of(post).Message;
        var expected = ConformanceReplies.Of(name);

        var outcome = ReplyMeaning.Of(expected.Reply, message, ConformanceReplies.Now) switch
        {
            Outcome.Delivered delivered => $"Delivered {delivered.ChannelId} {delivered.Ts}".TrimEnd(),
            Outcome.RateLimited later => $"Later {later.RetryAfter.TotalSeconds}",
            Outcome.Retry again => $"Again {again.Reason}",
            Outcome.Malformed malformed => $"Malformed {malformed.Error}",
            Outcome.MessageGone lost => $"Lost {lost.Error}",
            Outcome.Gone gone => $"Gone {gone.Error}",
            var other => $"{other}",
        };

        Assert.Equal(message.IsNew ? expected.Meaning : expected.MeaningOfEdit, outcome);
    }
}
