using System.Collections;

namespace Relay.Reports;

/// <summary>What is wrong with a report, as far as anybody will read it: a hostile one has a hundred thousand wrong fields.</summary>
internal sealed class FieldProblems : IReadOnlyList<FieldProblem>
{
    private const int Most = 50;
    private readonly List<FieldProblem> _problems = [];

    public int Count => _problems.Count;

    /// <summary>Whether no further problem is noted.</summary>
    public bool IsFull => Count >= Most;

    public FieldProblem this[int index] => _problems[index];

    public void Add(FieldProblem problem)
    {
        if (!IsFull)
        {
            _problems.Add(problem);
        }
    }

    public IEnumerator<FieldProblem> GetEnumerator() => _problems.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
