using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.XGBoost;

/// <summary>Registers the tree learner.</summary>
public static class TreeLearnerRegistration
{
    /// <summary>Trees are fitted by XGBoost, in the process. Its library is loaded at the first use; a missing one is an error then.</summary>
    public static IServiceCollection AddTreeLearner(this IServiceCollection services) =>
        services.AddSingleton<ITreeLearner, XGBoostLearner>();
}
