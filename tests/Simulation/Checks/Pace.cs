using Relay.Delivery;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>No destination gets two posts within a second, and what Slack wants to wait is waited by all. By the clocks of those who post.</summary>
internal static class Pace
{
    /// <summary>For so long the relay tries at least: a lease, less the longest post and the last try.</summary>
    private static readonly TimeSpan _retries = TimeSpan.FromSeconds(25);

    public static IEnumerable<string> Findings(History history) => history.Posts
        .GroupBy(post => post.Destination)
        .SelectMany(posts => TooFast([.. posts]).Concat(TooEarly([.. posts], history)));

    private static IEnumerable<string> TooFast(List<SlackPost> posts) =>
        from pair in posts.Zip(posts.Skip(1))
        where IsWithin(Pacing.Interval, pair.First, pair.Second)
        select $"{pair.Second.Work} posts {(pair.Second.At - pair.First.At).TotalSeconds} s after {pair.First.Work}.";

    private static IEnumerable<string> TooEarly(List<SlackPost> posts, History history)
    {
        foreach (var (index, post) in posts.Index())
        {
            if (post.Wait is not { } wait)
            {
                continue;
            }

            var isKept = history.Paces.Any(pace => pace.Work == post.Work && pace.At >= post.At);
            if (!isKept && !IsExcused(post, wait))
            {
                yield return $"{post.Work} had to wait for {wait.TotalSeconds} s and did not keep it, though nothing went wrong.";
            }

            if (isKept && posts.Skip(index + 1).FirstOrDefault(next => IsWithin(wait, post, next)) is { } early)
            {
                yield return $"{early.Work} posts {(early.At - post.At).TotalSeconds} s after {post.Work} had to wait for {wait.TotalSeconds} s.";
            }
        }
    }

    /// <summary>One lost write is no excuse where the wait is longer than the lease: there is time to try again.</summary>
    private static bool IsExcused(SlackPost post, TimeSpan wait) =>
        post.Work.IsExcused(post.At, _ => false)
        || post.Work.IsExcused(wait > RouteLease.Duration ? post.At + _retries : post.At, call => call.KeepsPace);

    private static bool IsWithin(TimeSpan wait, SlackPost one, SlackPost next)
    {
        var ahead = next.Work.Instance.ClockAhead - one.Work.Instance.ClockAhead;
        return next.At - one.At < wait - (ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero);
    }
}
