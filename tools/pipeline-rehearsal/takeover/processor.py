import json
import os
import time
import urllib.request


def handler(event, context):
    for record in event['Records']:
        time.sleep(0.5)
        data = json.dumps({'request_id': json.loads(record['body'])['request_data']['request_id']}).encode()
        urllib.request.urlopen(urllib.request.Request(os.environ['SINK'], data=data, method='POST')).read()
