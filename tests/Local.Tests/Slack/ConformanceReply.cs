using Relay.Slack;

namespace Local.Tests.Slack;

/// <summary>One thing that Slack, or the network before it, may do when a message is posted, and what every client has to make of it.</summary>
/// <param name="Send">Does it.</param>
/// <param name="Reply">What the client hands on.</param>
/// <param name="Meaning">What the relay concludes for a new message.</param>
/// <param name="MeaningOfEdit">What it concludes for an edit or an answer.</param>
public sealed record ConformanceReply(Func<HttpResponseMessage> Send, SlackReply Reply, string Meaning, string MeaningOfEdit);
