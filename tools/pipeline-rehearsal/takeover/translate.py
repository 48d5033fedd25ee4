"""Prints a SAM template as the plain CloudFormation that AWS's own transform makes of it."""
import json
import os
import sys

os.environ.setdefault('AWS_DEFAULT_REGION', 'eu-west-2')
from samtranslator.translator.transform import transform  # noqa: E402


class NoManagedPolicies:
    def load(self):
        return {}


folder = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(folder, 'old-prod.sam.json')) as file:
    template = json.load(file)
for name, script in (('ChannelRouterFunction', 'router.py'), ('WhatsAppProcessorFunction', 'processor.py')):
    with open(os.path.join(folder, script)) as file:
        template['Resources'][name]['Properties']['InlineCode'] = file.read()
parameters = {'Stage': sys.argv[1], 'Sink': sys.argv[2]}
json.dump(transform(template, parameters, NoManagedPolicies()), sys.stdout)
