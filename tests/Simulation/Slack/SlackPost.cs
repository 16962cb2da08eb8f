using Relay.Slack;
using Simulation.Hosting;

namespace Simulation.Slack;

/// <summary>A post as it arrived at Slack.</summary>
/// <param name="Wait">How long Slack then wants no more posts; null if it does not say so.</param>
internal sealed record SlackPost(DateTimeOffset At, Destination Destination, Work Work, TimeSpan? Wait);
